using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Ethereum;
using Iexec.Sdk.Secrets;
using Iexec.Sdk.Wire.Sms;

namespace Iexec.Cli.Commands.Storage;

internal static class StorageCheck
{
    public static Command Create(CommandFrame frame)
    {
        var provider = StorageInit.Provider();
        var user = new Option<string?>("--user") { Description = "another account than the wallet's", HelpName = "address" };
        return frame.Bind(new Command("check", "tell whether the storage is ready for results") { provider, user }, OptionBlocks.Wallet | OptionBlocks.Chain, async context =>
        {
            var name = context.Get(provider) ?? "ipfs";
            var owner = context.Get(user) is { } text ? Address.Parse(text) : context.SelectWallet().Address;
            var isReady = WalletSecretNames.StorageToken(name) is not { } secretName
                || await context.Sms(context.Chain()).IsSetAsync(SecretReference.OfWallet(owner, secretName), context.Cancellation);
            context.Succeed(new JsonObject { ["isInitialized"] = isReady }, $"\"{name}\" storage is {(isReady ? "" : "not ")}initialized for {owner}");
        });
    }
}
