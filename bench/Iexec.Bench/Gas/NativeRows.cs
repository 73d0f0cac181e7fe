using Iexec.Ethereum;
using Iexec.Poco.Contracts;
using Iexec.Testing.Chain;
using Iexec.Testing.Contracts;

namespace Iexec.Bench.Gas;

/// <summary>Money in and out of an escrow that holds the chain's own coin.</summary>
internal static class NativeRows
{
    private const ulong WeiPerNrlc = 1_000_000_000;

    public static async Task MeasureAsync(Address hub, BlockSender sender, GasSheet sheet)
    {
        var owner = TestAddress.Key(9);
        UInt256 wei = 1_000 * WeiPerNrlc;
        TestTransaction deposit = new(owner, hub, HubNativeAccountsContract.EncodeDeposit(), ValueWei: wei);
        sheet.Set("native: deposit first", await SendAsync(sender, deposit));
        sheet.Set("native: deposit next", await SendAsync(sender, deposit));
        sheet.Set("native: withdraw", await SendAsync(sender, new(owner, hub, HubNativeAccountsContract.EncodeWithdraw(100))));
    }

    private static async Task<ulong> SendAsync(BlockSender sender, TestTransaction transaction)
    {
        var receipt = await sender.SendAsync(transaction);
        return receipt.Succeeded ? receipt.GasUsed : throw new TransactionRefusedException(receipt.TransactionHash);
    }
}
