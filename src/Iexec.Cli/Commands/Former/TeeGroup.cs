using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Commands.Assets;
using Iexec.Cli.Commands.Result;
using Iexec.Cli.Frame;
using Iexec.Sdk.Datasets;

namespace Iexec.Cli.Commands.Former;

/// <summary>
/// The names that V2 and V3.0 had for encryption, with what they mean today: the formats are those of <c>dataset</c> and <c>result</c>, and
/// no framework's own container is needed.
/// </summary>
internal static class TeeGroup
{
    public static void Fill(Command group, CommandFrame frame)
    {
        group.Add(Init(frame));
        group.Add(TeeEncryptedPush.Create(frame));
        group.Add(TeeDecrypt.Create(frame));
        group.Add(DatasetEncrypt.Create(frame, "encrypt-dataset"));
        group.Add(ResultGenerate.Create(frame, "generate-beneficiary-keys"));
        group.Add(TeeSecrets.CreatePush(frame));
        group.Add(TeeSecrets.CreateCheck(frame));
        group.Add(ResultDecrypt.Create(frame, "decrypt-results"));
    }

    private static Command Init(CommandFrame frame) => frame.Bind(new Command("init", "make the folders for encryption: ./tee, ./datasets, ./.secrets"), OptionBlocks.None, context =>
    {
        var tee = new TeeFolders(context.Project, context.Time);
        tee.Create();
        var datasets = DatasetFolders.Of(context.Project, context.Time, null, null, null);
        datasets.Create();
        var fields = new JsonObject { ["inputs"] = tee.Inputs, ["encryptedOutputs"] = tee.EncryptedOutputs, ["outputs"] = tee.Outputs, ["datasets"] = datasets.Original };
        context.Succeed(fields, "The folders for encryption are ready", fields);
        return Task.CompletedTask;
    });
}
