using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Poco;
using Iexec.Poco.Orders;
using Iexec.Poco.Rules;
using Iexec.Simulation.Hub;
using Iexec.Simulation.World;

namespace Iexec.Testing.Model;

/// <summary>Tasks of deals without replication: results are pushed, or claimed.</summary>
internal sealed class BoostMoves(Market market)
{
    private Dice Dice => market.Dice;

    private HubState Hub => market.State.Hub;

    public IReadOnlyList<Move> All => [new("boost push", 7, Push), new("boost claim", 3, Claim)];

    /// <summary>Deadlines to come, Unix seconds.</summary>
    public IEnumerable<ulong> UpcomingDeadlines => Hub.BoostDeals.Values.Select(deal => deal.DeadlineSeconds).Where(deadline => deadline > market.Now);

    /// <summary>A task that has not ended, of a deal that is late or not (in the seconds around the deadline, both); now and then any.</summary>
    private (DealId Id, BoostDeal Deal, ulong Index)? Task(bool late)
    {
        var tasks = Hub.BoostDeals.OrderBy(entry => entry.Key.Value)
            .SelectMany(entry => Enumerable.Range(0, (int)entry.Value.BotSize).Select(index => (entry.Key, entry.Value, (ulong)index)))
            .Where(task => Dice.Chance(3) || (!Hub.BoostTasks.ContainsKey(TaskId.Of(task.Key, task.Item3)) && (late ? market.Now + 1 >= task.Value.DeadlineSeconds : market.Now <= task.Value.DeadlineSeconds)))
            .ToArray();
        return tasks.Length == 0 ? null : Dice.Pick(tasks);
    }

    private Message? Push()
    {
        if (Task(late: false) is not var (id, deal, index))
        {
            return null;
        }

        var task = TaskId.Of(id, index);
        var worker = Dice.Pick(market.Actors.Workers).Address;
        var enclave = Dice.Chance(deal.Tag.Has(Tag.TeeBit) ? 95 : 10) ? market.Actors.Enclave.Address : Address.Zero;
        var authority = enclave.IsZero || Hub.TeeBroker.IsZero ? deal.WorkerpoolOwner : Hub.TeeBroker;
        var authorization = market.Actors.SignPersonal(market.Usually(authority, 96), ResultHashes.Authorization(worker, task, enclave));
        var (results, callbackData) = (Dice.Bytes(Dice.Below(100)), deal.Callback.IsZero && Dice.Chance(80) || Dice.Chance(5) ? [] : Dice.Bytes(1 + Dice.Below(99)));
        var seal = ResultHashes.ResultSeal(worker, task, Keccak256.Hash(deal.Callback.IsZero ? results : callbackData));
        var enclaveSign = enclave.IsZero ? [] : market.Actors.SignPersonal(market.Usually(enclave, 96), seal);
        return market.ToHub(worker, "pushResultBoost(bytes32,uint256,bytes,bytes,bytes,address,bytes)", call => call
            .Bytes32(id.Value).Uint(Dice.Chance(97) ? index : index + 100).Bytes(results).Bytes(callbackData).Bytes(authorization).Address(enclave).Bytes(enclaveSign));
    }

    private Message? Claim() => Task(late: Dice.Chance(90)) is not var (id, _, index) ? null
        : market.ToHub(market.Anybody.Address, "claimBoost(bytes32,uint256)", call => call.Bytes32(id.Value).Uint(index));
}
