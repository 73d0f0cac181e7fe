using System.CommandLine;
using Iexec.Cli.Frame;
using Iexec.Ethereum.Crypto;
using Iexec.Sdk.Errors;

namespace Iexec.Cli.Commands.Wallet;

internal static class WalletImport
{
    public static Command Create(CommandFrame frame)
    {
        var secret = new Argument<string>("privateKey") { Description = "64 hexadecimal digits; - reads them from standard input, which other users of this machine cannot see" };
        return frame.Bind(
            new Command("import", "save a private key as an encrypted wallet") { secret },
            OptionBlocks.WalletCreation | OptionBlocks.Force,
            async context =>
            {
                var given = context.Get(secret)!;
                var text = given == "-" ? await context.Environment.In.ReadLineAsync(context.Cancellation) ?? "" : given;
                using var key = Parse(text.Trim());
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
            throw new IexecException(ErrorCode.ValidationError, $"Invalid private key: {wrong.Message}", "A private key is 0x and 64 hexadecimal digits.");
        }
    }
}
