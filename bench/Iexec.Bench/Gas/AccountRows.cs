using Iexec.Ethereum;
using Iexec.Poco.Chain;
using Iexec.Poco.Contracts;
using Iexec.Testing.Chain;

namespace Iexec.Bench.Gas;

/// <summary>Money in and out of the escrow.</summary>
internal static class AccountRows
{
    public static async Task MeasureAsync(GasMarket market, GasSheet sheet)
    {
        var owner = TestAddress.Key(9);
        UInt256 amount = 1_000_000_000;
        await market.SendAsync(GasMarket.Admin, market.Calls.TransferToken(owner.Address, 100 * amount));
        foreach (var (row, call) in ((string, ContractCall)[])
        [
            ("RLC.approve", new ContractCall(market.Token, RlcContract.EncodeApprove(market.Hub, 10 * amount))),
            ("deposit first", new ContractCall(market.Hub, HubContract.EncodeDeposit(amount))),
            ("deposit next", new ContractCall(market.Hub, HubContract.EncodeDeposit(amount))),
            ("RLC.approveAndCall -> deposit", new ContractCall(market.Token, RlcContract.EncodeApproveAndCall(market.Hub, amount, []))),
            ("withdraw", market.Calls.Withdraw(amount)),
        ])
        {
            sheet.Set(row, (await market.SendAsync(owner, call)).GasUsed);
        }
    }
}
