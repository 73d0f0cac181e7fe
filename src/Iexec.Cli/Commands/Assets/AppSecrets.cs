using System.CommandLine;
using Iexec.Cli.Frame;
using Iexec.Poco.Registries;
using Iexec.Sdk.Wire.Sms;

namespace Iexec.Cli.Commands.Assets;

/// <summary>The developer's secret of an app, which its enclave alone gets. It is written once.</summary>
internal static class AppSecrets
{
    public static Command CreatePush(CommandFrame frame)
    {
        var which = AssetChoice.Argument(AssetKind.App);
        var value = new SecretInput("--secret-value", SecretCommands.ValueVariable, "secret value");
        var command = new Command("push-secret", "give the secret service the app's secret") { which };
        value.AddTo(command);
        return frame.Bind(command, OptionBlocks.Wallet | OptionBlocks.Chain, async context =>
        {
            var chain = context.Chain();
            var app = AssetChoice.Read(context, AssetKind.App, context.Get(which), chain.Id);
            var secret = await value.ReadAsync(context);
            await context.Sms(chain).PushAsync(SecretReference.OfApp(app), secret, await context.UnlockAsync(), context.Cancellation);
            context.Succeed([], $"Secret successfully pushed for app {app}");
        });
    }

    public static Command CreateCheck(CommandFrame frame)
    {
        var which = AssetChoice.Argument(AssetKind.App);
        return frame.Bind(new Command("check-secret", "tell whether the app has a secret") { which }, OptionBlocks.Chain, async context =>
        {
            var chain = context.Chain();
            var app = AssetChoice.Read(context, AssetKind.App, context.Get(which), chain.Id);
            await SecretCommands.TellAsync(context, chain, SecretReference.OfApp(app), "isSecretSet", $"Secret {{0}}set for app {app}");
        });
    }
}
