using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Poco.Chain;
using Iexec.Poco.Tasks;
using Iexec.Scheduler.Tasks;

namespace Iexec.Scheduler.Shell;

/// <summary>Reads a task's truth from the chain and gives it to the book.</summary>
internal sealed class ChainReader(IHub hub, TaskBook book, ChainClock clock)
{
    /// <summary>The block at which the task was read; null when the book has no such task.</summary>
    public async Task<ulong?> ObserveAsync(TaskId id, CancellationToken cancellationToken)
    {
        if (await book.FindAsync(id, cancellationToken) is null)
        {
            return null;
        }

        // The head first: what is read after it is at least as new.
        var head = await hub.GetHeadAsync(cancellationToken);
        clock.Observe(head);
        var task = await hub.GetTaskAsync(id, cancellationToken);
        var contributions = new Dictionary<Address, Contribution>();
        if (task.Status != ChainTaskStatus.Unset)
        {
            var read = await Task.WhenAll(task.Contributors.Select(async worker => (worker, contribution: await hub.GetContributionAsync(id, worker, cancellationToken))));
            foreach (var (worker, contribution) in read)
            {
                contributions[worker] = contribution;
            }
        }

        await book.ApplyAsync(id, new TaskEvent.ChainObserved(new ChainSnapshot(head.Number, task, contributions)), cancellationToken);
        return head.Number;
    }
}
