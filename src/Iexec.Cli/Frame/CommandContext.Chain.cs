using Iexec.Ethereum;
using Iexec.Poco.Escrow;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;

namespace Iexec.Cli.Frame;

internal sealed partial class CommandContext
{
    /// <summary>True if <c>--chain</c> was written.</summary>
    public bool IsChainNamed => Has(_options.Chain);

    /// <summary>The network that <c>--chain</c> names, or the default one.</summary>
    public ChainSettings Chain()
    {
        var settings = ChainFile.Read(Project.Chain).Resolve(_parsed.GetValue(_options.Chain));
        return _parsed.GetValue(_options.GasPrice) is { } price ? settings with { GasPriceWei = GasPrice(price) } : settings;
    }

    private static UInt256 GasPrice(string text)
    {
        try
        {
            return WeiAmount.Parse(text);
        }
        catch (FormatException wrong)
        {
            throw new IexecException(ErrorCode.ValidationError, $"--gas-price: {wrong.Message}", "For example --gas-price 1000000000, or --gas-price 1 gwei.", wrong);
        }
    }

    /// <summary>Opens the network.</summary>
    public Task<ChainConnection> ConnectAsync() => ChainConnection.OpenAsync(Chain(), Http, Cancellation);

    /// <summary>Sends transactions of the wallet, waiting for <c>--confirms</c> blocks.</summary>
    public async Task<TransactionSender> SenderAsync(ChainConnection chain)
    {
        var confirmations = _parsed.GetValue(_options.Confirms);
        return confirmations > 0
            ? new TransactionSender(chain, await UnlockAsync(), confirmations, Time, hash => Note($"Sent transaction {hash}"))
            : throw new IexecException(ErrorCode.ValidationError, "--confirms must be at least 1");
    }
}
