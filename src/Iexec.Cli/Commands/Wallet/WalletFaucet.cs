using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Sdk.Wire.Faucet;

namespace Iexec.Cli.Commands.Wallet;

/// <summary>Asks the faucet of a development network.</summary>
internal static class WalletFaucet
{
    public static Command Create(CommandFrame frame, FaucetCoin coin)
    {
        var (name, formerName, words) = coin == FaucetCoin.Ether ? ("get-ether", "getETH", "ether") : ("get-RLC", "getRLC", "RLC");
        var command = new Command(name, $"ask the network's faucet for {words}");
        command.Aliases.Add(formerName);
        return frame.Bind(command, OptionBlocks.Wallet | OptionBlocks.Chain, async context =>
        {
            var wallet = context.SelectWallet().Address;
            var faucet = new FaucetClient(context.Http, context.Chain());
            var answer = await faucet.AskAsync(coin, wallet, context.Cancellation);
            var response = new JsonObject { ["ok"] = true, ["message"] = answer };
            var fields = new JsonObject { ["responses"] = new JsonArray(new JsonObject { ["name"] = faucet.Name, ["response"] = response }) };
            context.Succeed(fields, "Faucets responses:", new JsonObject { [faucet.Name] = response.DeepClone() });
        });
    }
}
