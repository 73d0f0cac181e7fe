using System.Collections.Concurrent;
using Iexec.Ethereum;
using Iexec.Poco.Chain;
using Iexec.Scheduler.Replicates;
using Iexec.Scheduler.Tasks;
using Iexec.Scheduler.Workers;
using Iexec.Sdk.Wire.Scheduler;

namespace Iexec.Scheduler.Shell;

/// <summary>Gives tasks to workers that ask: never more than a worker's slots, never more replicates than the consensus needs.</summary>
internal sealed class Assignments(
    IHub hub, TaskBook book, WorkerRegistry workers, Func<PoolView> pool, ChainClock clock, Func<Replicate, TaskTerms, WorkerpoolAuthorization> authorize)
{
    private readonly ConcurrentDictionary<Address, SemaphoreSlim> _gates = new();

    /// <summary>A task for the worker; null when there is none, or no free slot.</summary>
    public async Task<ReplicateTaskSummary?> GiveAsync(Address address, CancellationToken cancellationToken)
    {
        // Two requests of one worker must not both take its last slot.
        var gate = _gates.GetOrAdd(address, static _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync(cancellationToken);
        try
        {
            workers.Touch(address);
            if (!clock.IsHealthy || workers.Find(address) is not { } model || workers.Describe(address) is not { } worker || Used(address) >= model.Slots)
            {
                return null;
            }

            // What is known of its stake may be old: the chain is asked where that could make a difference.
            worker = worker with { FreeStakeNrlc = null };
            var candidates = Placement.Candidates(book.Open, worker, pool(), clock.Now).ToList();
            if (candidates.Any(static task => task.Terms.WorkerStake > UInt256.Zero))
            {
                worker = worker with { FreeStakeNrlc = await ReadFreeStakeAsync(address, cancellationToken) };
            }

            foreach (var candidate in candidates)
            {
                var given = await book.ChangeAsync(
                    candidate.Id,
                    (task, view, now) =>
                    {
                        var decision = TaskMachine.Assign(task, worker, view, now);
                        var summary = decision?.Task.Find(address) is { } replicate ? new ReplicateTaskSummary(authorize(replicate, task.Terms)) : null;
                        return (decision, summary);
                    },
                    cancellationToken);
                if (given is not null)
                {
                    return given;
                }
            }

            return null;
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<UInt256> ReadFreeStakeAsync(Address worker, CancellationToken cancellationToken)
    {
        var stake = (await hub.GetAccountAsync(worker, cancellationToken)).Stake;
        var promised = Placement.PromisedStake(book.Open, worker);
        return stake > promised ? stake - promised : UInt256.Zero;
    }

    private int Used(Address worker) => book.Open.Count(task => task.Find(worker) is { OccupiesSlot: true });
}
