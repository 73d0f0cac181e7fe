using Iexec.Cli.Frame;
using Iexec.Poco.Registries;
using Iexec.Sdk.Project;

namespace Iexec.Cli.Commands.Assets;

/// <summary>Apps, datasets and worker pools are handled alike; each kind has a few verbs of its own.</summary>
internal static class AssetGroup
{
    public static CommandGroup Of(AssetKind kind, string description) => new(kind.JsonName(), description, (group, frame) =>
    {
        group.Add(kind == AssetKind.Dataset ? DatasetInit.Create(frame) : AssetInit.Create(frame, kind));
        group.Add(AssetDeploy.Create(frame, kind));
        group.Add(AssetShow.Create(frame, kind));
        group.Add(AssetCount.Create(frame, kind));
        group.Add(AssetPublish.Create(frame, kind));
        group.Add(AssetUnpublish.Create(frame, kind));
        group.Add(AssetTransfer.Create(frame, kind));
        switch (kind)
        {
            case AssetKind.App:
                group.Add(AppRun.Create(frame));
                group.Add(AppRequestExecution.Create(frame));
                group.Add(AppSecrets.CreatePush(frame));
                group.Add(AppSecrets.CreateCheck(frame));
                break;
            case AssetKind.Dataset:
                group.Add(DatasetEncrypt.Create(frame, "encrypt"));
                group.Add(DatasetSecrets.CreatePush(frame));
                group.Add(DatasetSecrets.CreateCheck(frame));
                break;
            default:
                group.Add(WorkerpoolSetApiUrl.Create(frame));
                break;
        }
    });
}
