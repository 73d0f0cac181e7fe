using System.CommandLine;
using Iexec.Cli.Frame;
using Iexec.Ethereum.Crypto;
using Iexec.Sdk.Errors;

namespace Iexec.Cli.Commands.Wallet;

internal static class WalletImport
{
    public static Command Create(CommandFrame frame)
    {
        var argument = new Argument<string?>("privateKey")
        {
            Description = "64 hexadecimal digits; - reads them from standard input, which other users of this machine cannot see", Arity = ArgumentArity.ZeroOrOne,
        };
        var secret = new SecretInput("--private-key", "IEXEC_PRIVATE_KEY", "private key");
        var command = new Command("import", "save a private key as an encrypted wallet") { argument };
        secret.AddTo(command);
        return frame.Bind(command, OptionBlocks.WalletCreation | OptionBlocks.Force, async context =>
        {
            using var key = Parse((await secret.ReadAsync(context, context.Get(argument))).Trim());
            await WalletSaving.SaveAsync(context, key, "Imported");
        });
    }

    private static PrivateKey Parse(string text)
    {
        try
        {
            return PrivateKey.Parse(text);
        }
        catch (FormatException wrong)
        {
            throw new IexecException(ErrorCode.ValidationError, "Invalid private key", "It is written in 64 hexadecimal digits, with or without 0x before them.", wrong);
        }
    }
}
