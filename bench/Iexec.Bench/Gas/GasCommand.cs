using Iexec.Ethereum;
using Iexec.Poco.Deployment;
using Iexec.Testing;
using Iexec.Testing.Chain;
using Iexec.Testing.Contracts;
using Iexec.Testing.Official;

namespace Iexec.Bench.Gas;

/// <summary>Gas of the official contracts and of ours, from one run on one node.</summary>
internal static class GasCommand
{
    /// <summary>Prints the table; with <paramref name="write"/> it also takes the place of the one in <c>bench/RESULTS.md</c>.</summary>
    public static async Task RunAsync(bool write)
    {
        await using var node = await AnvilProcess.StartAsync(BlockSender.FreeOfCharge());

        // Before the sender, which counts the nonces of its keys itself.
        var deployment = await HubDeployer.DeployAsync(
            node.Eth, GasMarket.Admin, new HubDeployOptions(GasMarket.Admin.Address), _ => node.MineAsync(), CancellationToken.None);
        var native = await HubDeployer.DeployAsync(
            node.Eth, GasMarket.Admin, new HubDeployOptions(GasMarket.Admin.Address, Address.Zero), _ => node.MineAsync(), CancellationToken.None);
        var sender = new BlockSender(node);
        await node.SetBalanceAsync(TestAddress.Key(9).Address, UInt256.Parse("1000000000000000000"));
        var deployer = new OfficialDeployer(sender, node, GasMarket.Admin);
        var callback = await sender.CreateAsync(GasMarket.Admin, "the callback", OfficialDeployer.CallbackCode);

        var official = await GasMeasurement.MeasureAsync(await deployer.DeployAsync(), sender, node, callback);
        var ours = await GasMeasurement.MeasureAsync(deployment.Configuration, sender, node, callback);

        await NativeRows.MeasureAsync((await deployer.DeployAsync(EscrowMode.Native)).Hub, sender, official);
        await NativeRows.MeasureAsync(native.Configuration.Hub, sender, ours);

        var table = GasTable.Render(official, ours);
        Console.Write(table);
        foreach (var part in official.Skipped.Select(part => $"official: {part}").Concat(ours.Skipped.Select(part => $"ours: {part}")))
        {
            Console.WriteLine($"not measured beyond the first refusal: {part}");
        }

        if (write)
        {
            ResultsFile.Write("gas", table);
        }
    }
}
