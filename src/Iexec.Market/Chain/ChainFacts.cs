using Iexec.Ethereum;
using Iexec.Market.Book;
using Iexec.Poco;
using Iexec.Poco.Chain;
using Iexec.Poco.Orders;
using Iexec.Poco.Registries;

namespace Iexec.Market.Chain;

/// <summary>What the chain says now about a set of orders.</summary>
internal sealed record ChainFacts(
    IReadOnlyDictionary<OrderHash, UInt256> Consumed, IReadOnlyDictionary<Address, Address> Owners, IReadOnlyDictionary<Address, UInt256> Stakes)
{
    // One batch of calls stays far below what nodes accept.
    private const int BatchSize = 200;

    /// <summary>Asks consumed volume of all, owner of every asset, stake of every signer whose orders need it. An asset that is gone belongs to nobody.</summary>
    public static async Task<ChainFacts> ReadAsync(IHub hub, IReadOnlyCollection<BookOrder> orders, CancellationToken cancellationToken)
    {
        var consumed = new Dictionary<OrderHash, UInt256>();
        foreach (var chunk in orders.Select(order => order.Hash).Distinct().Chunk(BatchSize))
        {
            foreach (var (hash, volume) in chunk.Zip(await hub.GetConsumedAsync(chunk, cancellationToken)))
            {
                consumed[hash] = volume;
            }
        }

        var assets = orders.Where(order => order.Kind != OrderKind.Request).Select(order => (Kind: AssetKindOf(order.Kind), order.Asset)).Distinct();
        var owners = await EachAsync(
            assets, async asset => (asset.Asset, await hub.GetOwnerAsync(asset.Kind, asset.Asset, cancellationToken) ?? Address.Zero));
        var signers = orders.Where(order => !order.LockPerTask.IsZero).Select(order => order.Signer).Distinct();
        var stakes = await EachAsync(signers, async signer => (signer, (await hub.GetAccountAsync(signer, cancellationToken)).Stake));
        return new ChainFacts(consumed, owners, stakes);
    }

    public static AssetKind AssetKindOf(OrderKind kind) => kind switch
    {
        OrderKind.App => AssetKind.App,
        OrderKind.Dataset => AssetKind.Dataset,
        OrderKind.Workerpool => AssetKind.Workerpool,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), "A request sells no asset."),
    };

    private static async Task<Dictionary<Address, TValue>> EachAsync<TItem, TValue>(IEnumerable<TItem> items, Func<TItem, Task<(Address, TValue)>> read)
    {
        var result = new Dictionary<Address, TValue>();
        foreach (var chunk in items.Chunk(BatchSize))
        {
            foreach (var (address, value) in await Task.WhenAll(chunk.Select(read)))
            {
                result[address] = value;
            }
        }

        return result;
    }
}
