using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Poco.Orders;
using Iexec.Poco.Rules;
using Iexec.Simulation.World;

namespace Iexec.Simulation.Hub;

/// <summary>Hashes of the four orders of a match; the dataset's is zero when there is none.</summary>
internal sealed record MatchedHashes(OrderHash App, OrderHash Dataset, OrderHash Workerpool, OrderHash Request)
{
    /// <summary>The EIP-712 digests under the hub's domain.</summary>
    public static MatchedHashes Of(Execution execution, MatchOrders orders)
    {
        var domain = execution.Settings.Configuration.Domain;
        return new(
            OrderSchemas.App.Hash(orders.App, domain),
            orders.HasDataset ? OrderSchemas.Dataset.Hash(orders.Dataset, domain) : default,
            OrderSchemas.Workerpool.Hash(orders.Workerpool, domain),
            OrderSchemas.Request.Hash(orders.Request, domain));
    }
}

/// <summary>How much of an order is left, and taking it.</summary>
internal static class OrderVolumes
{
    /// <summary>Runs of an order already sold; its volume once it is closed.</summary>
    public static UInt256 Consumed(this Execution execution, OrderHash order) => execution.State.Hub.Consumed.GetValueOrDefault(order);

    /// <summary>Number of tasks that a match of these orders would have now, other conditions aside.</summary>
    public static UInt256 DealVolume(this Execution execution, MatchOrders orders, MatchedHashes hashes)
    {
        OrderState Consumed(OrderHash hash) => new(true, true, execution.Consumed(hash));
        return MatchRules.Volume(orders, new(Consumed(hashes.App), Consumed(hashes.Dataset), Consumed(hashes.Workerpool), Consumed(hashes.Request)));
    }

    /// <summary>Remembers a verified signature of a key, unless a consent on the chain stands there.</summary>
    public static void Remember(this Execution execution, OrderHash order, Address signer, bool verified)
    {
        if (verified && execution.State.Hub.Consents.GetValueOrDefault(order) is not { OnChain: true })
        {
            execution.ChangeHub(hub => hub with { Consents = hub.Consents.SetItem(order, new Consent(signer, OnChain: false)) });
        }
    }

    /// <summary>Counts the volume of a deal in each of its orders.</summary>
    public static void Consume(this Execution execution, MatchedHashes hashes, UInt256 volume)
    {
        foreach (var hash in ((OrderHash[])[hashes.App, hashes.Dataset, hashes.Workerpool, hashes.Request]).Where(hash => !hash.Value.IsZero))
        {
            execution.ChangeHub(hub => hub with { Consumed = hub.Consumed.SetItem(hash, hub.Consumed.GetValueOrDefault(hash) + volume) });
        }
    }
}
