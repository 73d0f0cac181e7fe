using System.CommandLine;
using Iexec.Cli.Frame;
using Iexec.Poco.Registries;
using Iexec.Sdk.Datasets;
using Iexec.Sdk.Project;
using Iexec.Sdk.Wire.Sms;

namespace Iexec.Cli.Commands.Assets;

/// <summary>The key of a dataset at the secret service, from where it goes to the apps that its owner allows. It is written once.</summary>
internal static class DatasetSecrets
{
    public static Command CreatePush(CommandFrame frame)
    {
        var which = AssetChoice.Argument(AssetKind.Dataset);
        var path = SecretPath();
        return frame.Bind(
            new Command("push-secret", "give the secret service the dataset's key") { which, path },
            OptionBlocks.Wallet | OptionBlocks.Chain,
            context => PushAsync(context, context.Get(which), context.Get(path)));
    }

    public static Command CreateCheck(CommandFrame frame)
    {
        var which = AssetChoice.Argument(AssetKind.Dataset);
        return frame.Bind(
            new Command("check-secret", "tell whether the dataset's key is at the secret service") { which },
            OptionBlocks.Chain,
            context => CheckAsync(context, context.Get(which)));
    }

    public static Option<string?> SecretPath() => new("--secret-path")
    {
        Description = "file of the key, - for standard input; else the newest of .secrets/datasets", HelpName = "file",
    };

    public static async Task PushAsync(CommandContext context, string? which, string? path)
    {
        var chain = context.Chain();
        var dataset = AssetChoice.Read(context, AssetKind.Dataset, which, chain.Id);
        var folders = DatasetFolders.Of(context.Project, context.Time, null, null, null);
        const string Hint = "Make one with \"iexec dataset encrypt\", or name it with --secret-path.";
        var text = path == "-" ? await context.ReadInputToEndAsync("key")
            : path is null ? folders.Keys.Read(DatasetFolders.NewestKey, Hint)
            : SecretFolder.ReadFile(Path.GetFullPath(path, context.Project.Path), Hint);
        var key = DatasetKey.Parse(text.TrimEnd('\r', '\n'));
        await context.Sms(chain).PushAsync(SecretReference.OfDataset(dataset), key.ExportText(), await context.UnlockAsync(), context.Cancellation);
        context.Succeed([], $"Secret successfully pushed for dataset {dataset}");
    }

    public static Task CheckAsync(CommandContext context, string? which)
    {
        var chain = context.Chain();
        var dataset = AssetChoice.Read(context, AssetKind.Dataset, which, chain.Id);
        return SecretCommands.TellAsync(context, chain, SecretReference.OfDataset(dataset), "isSecretSet", $"Secret {{0}}set for dataset {dataset}");
    }
}
