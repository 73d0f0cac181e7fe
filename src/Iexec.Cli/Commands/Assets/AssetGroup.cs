using Iexec.Cli.Frame;
using Iexec.Poco.Registries;
using Iexec.Sdk.Project;

namespace Iexec.Cli.Commands.Assets;

/// <summary>Apps, datasets and worker pools are handled alike; only apps can be run.</summary>
internal static class AssetGroup
{
    public static CommandGroup Of(AssetKind kind, string description) => new(kind.JsonName(), description, (group, frame) =>
    {
        group.Add(AssetInit.Create(frame, kind));
        group.Add(AssetDeploy.Create(frame, kind));
        group.Add(AssetShow.Create(frame, kind));
        group.Add(AssetCount.Create(frame, kind));
        if (kind == AssetKind.App)
        {
            group.Add(AppRun.Create(frame));
        }
    });
}
