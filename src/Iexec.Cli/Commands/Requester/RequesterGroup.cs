using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Ethereum;
using Iexec.Sdk.Wire.Sms;

namespace Iexec.Cli.Commands.Requester;

/// <summary>Secrets of a requester, which an app gets by their name. Each is written once.</summary>
internal static class RequesterGroup
{
    public static void Fill(Command group, CommandFrame frame)
    {
        group.Add(Push(frame));
        group.Add(Check(frame));
    }

    private static Command Push(CommandFrame frame)
    {
        var name = new Argument<string>("secretName") { Description = "1 to 64 letters, digits, - or _" };
        var value = new SecretInput("--secret-value", SecretCommands.ValueVariable, "secret value");
        var command = new Command("push-secret", "give the secret service a secret for your executions") { name };
        value.AddTo(command);
        return frame.Bind(command, OptionBlocks.Wallet | OptionBlocks.Chain, async context =>
        {
            var secretName = SecretCommands.Name(context.Get(name)!);
            var chain = context.Chain();
            var secret = await value.ReadAsync(context);
            var key = await context.UnlockAsync();
            await context.Sms(chain).PushAsync(SecretReference.OfRequester(key.Address, secretName), secret, key, context.Cancellation);
            context.Succeed(new JsonObject { ["isPushed"] = true, ["name"] = secretName }, $"Secret \"{secretName}\" successfully pushed");
        });
    }

    private static Command Check(CommandFrame frame)
    {
        var name = new Argument<string>("secretName") { Description = "name of the secret" };
        var requester = new Argument<string?>("requesterAddress") { Description = "else the wallet", Arity = ArgumentArity.ZeroOrOne };
        return frame.Bind(new Command("check-secret", "tell whether a secret is set") { name, requester }, OptionBlocks.Wallet | OptionBlocks.Chain, async context =>
        {
            var secretName = SecretCommands.Name(context.Get(name)!);
            var owner = context.Get(requester) is { } text ? Address.Parse(text) : context.SelectWallet().Address;
            var chain = context.Chain();
            var isSet = await context.Sms(chain).IsSetAsync(SecretReference.OfRequester(owner, secretName), context.Cancellation);
            context.Succeed(new JsonObject { ["isSet"] = isSet, ["name"] = secretName }, $"Secret \"{secretName}\" {(isSet ? "" : "not ")}set for requester {owner}");
        });
    }
}
