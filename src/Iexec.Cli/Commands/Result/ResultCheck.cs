using System.CommandLine;
using Iexec.Cli.Frame;
using Iexec.Ethereum;
using Iexec.Sdk.Secrets;
using Iexec.Sdk.Wire.Sms;

namespace Iexec.Cli.Commands.Result;

internal static class ResultCheck
{
    public static Command Create(CommandFrame frame, string name, params string[] formerNames)
    {
        var address = new Argument<string?>("address") { Description = "another account than the wallet's", Arity = ArgumentArity.ZeroOrOne };
        var command = ResultGroup.Named(name, "tell whether the key for results is at the secret service", formerNames);
        command.Add(address);
        return frame.Bind(command, OptionBlocks.Wallet | OptionBlocks.Chain, context => RunAsync(context, context.Get(address)));
    }

    public static Task RunAsync(CommandContext context, string? address)
    {
        var owner = address is not null ? Address.Parse(address) : context.SelectWallet().Address;
        var secret = SecretReference.OfWallet(owner, WalletSecretNames.ResultEncryptionKey);
        return SecretCommands.TellAsync(context, context.Chain(), secret, "isEncryptionKeySet", $"Encryption key {{0}}set for {owner}");
    }
}
