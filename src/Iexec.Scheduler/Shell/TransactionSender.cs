using System.Collections.Concurrent;
using System.Text;
using Iexec.Ethereum;
using Iexec.Ethereum.JsonRpc;
using Iexec.Poco;
using Iexec.Poco.Chain;
using Iexec.Poco.Tasks;
using Iexec.Scheduler.Tasks;
using Microsoft.Extensions.Logging;

namespace Iexec.Scheduler.Shell;

/// <summary>
/// Sends the transactions that tasks want. A wish is repeated by every tick until the chain shows it fulfilled; here each intent runs
/// once at a time, and the outbox makes sure that an intent is one transaction, also across crashes.
/// </summary>
internal sealed class TransactionSender(ITransactor transactor, HubCalls calls, TaskBook book, ChainReader reader, int batchSize, ILogger logger, CancellationToken stopping)
{
    private readonly ConcurrentDictionary<string, Task> _running = new();

    /// <summary>Starts what is not under way yet.</summary>
    public void Dispatch(IReadOnlyList<(ScheduledTask Task, TaskEffect Effect)> wishes)
    {
        foreach (var batch in wishes.Select(Wish.Of).OfType<Wish>().GroupBy(wish => wish.BatchKey(batchSize)))
        {
            Wish[] members = [.. batch];
            if (batch.Key is { } key && members.Length > 1)
            {
                Start(key, members);
                continue;
            }

            foreach (var wish in members)
            {
                Start(wish.Intent, [wish]);
            }
        }
    }

    /// <summary>Completes when what runs now has ended.</summary>
    public Task DrainAsync() => Task.WhenAll(_running.Values);

    private void Start(string intent, Wish[] wishes)
    {
        var done = new TaskCompletionSource();
        if (_running.TryAdd(intent, done.Task))
        {
            _ = RunAsync(intent, wishes, done);
        }
    }

    private async Task RunAsync(string intent, Wish[] wishes, TaskCompletionSource done)
    {
        try
        {
            await Task.Yield();
            await SendAsync(intent, wishes);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The outbox takes it up at the next start.
        }
        catch (Exception exception)
        {
            // The node or the store fails: the next tick wishes again.
            logger.LogWarning("{Intent}: {Message}", intent, exception.Message);
        }
        finally
        {
            _running.TryRemove(intent, out _);
            done.SetResult();
        }
    }

    private async Task SendAsync(string intent, Wish[] wishes)
    {
        string? refusal;
        try
        {
            var receipt = await transactor.ExecuteAsync(intent, Call(wishes), stopping);
            refusal = receipt.Succeeded ? null : $"transaction {receipt.TransactionHash} reverted";
        }
        catch (RevertException exception)
        {
            refusal = exception.Message;
        }

        if (refusal is null)
        {
            logger.LogInformation("{Intent}: mined", intent);
        }
        else
        {
            logger.LogWarning("{Intent}: refused, {Reason}", intent, refusal);
        }

        foreach (var wish in wishes)
        {
            // Refused or not, the chain may already be where we want it: it is asked before anything is concluded.
            await reader.ObserveAsync(wish.Task.Id, stopping);
            var after = await book.FindAsync(wish.Task.Id, stopping);
            if (after is not null && !wish.IsFulfilled(after))
            {
                await book.ApplyAsync(wish.Task.Id, new TaskEvent.TransactionRefused(wish.Kind, refusal ?? "mined, then taken back by a reorganisation"), stopping);
            }
        }
    }

    private ContractCall Call(Wish[] wishes)
    {
        var single = wishes.Length == 1;
        var task = wishes[0].Task;
        return wishes[0].Effect switch
        {
            TaskEffect.Initialize when single => calls.Initialize(task.Terms.DealId(), task.Terms.Index),
            TaskEffect.Initialize => calls.InitializeArray(Indices(wishes)),
            TaskEffect.Claim { IsInitialized: true } when single => calls.Claim(task.Id),
            TaskEffect.Claim { IsInitialized: true } => calls.ClaimArray([.. wishes.Select(static wish => wish.Task.Id)]),
            TaskEffect.Claim => calls.InitializeAndClaimArray(Indices(wishes)),
            TaskEffect.Reopen => calls.Reopen(task.Id),
            TaskEffect.Finalize finalize => calls.Finalize(
                task.Id, Encoding.UTF8.GetBytes(finalize.ResultLink), finalize.CallbackData is null ? [] : Hex.Decode(finalize.CallbackData)),
            _ => throw new InvalidOperationException($"{wishes[0].Effect} is no transaction."),
        };
    }

    private static (DealId Deal, ulong Index)[] Indices(Wish[] wishes) => [.. wishes.Select(static wish => (wish.Task.Terms.DealId(), wish.Task.Terms.Index))];
}

/// <summary>A task's wish for a transaction.</summary>
internal sealed record Wish(ScheduledTask Task, TaskEffect Effect, TransactionKind Kind, int Attempt)
{
    public static Wish? Of((ScheduledTask Task, TaskEffect Effect) wish) => wish.Effect switch
    {
        TaskEffect.Initialize effect => new Wish(wish.Task, effect, TransactionKind.Initialize, effect.Attempt),
        TaskEffect.Reopen effect => new Wish(wish.Task, effect, TransactionKind.Reopen, effect.Attempt),
        TaskEffect.Finalize effect => new Wish(wish.Task, effect, TransactionKind.Finalize, effect.Attempt),
        TaskEffect.Claim effect => new Wish(wish.Task, effect, TransactionKind.Claim, effect.Attempt),
        _ => null,
    };

    private string Verb => Effect switch
    {
        TaskEffect.Claim { IsInitialized: false } => "initializeAndClaim",
        _ => Kind.ToString().ToLowerInvariant(),
    };

    /// <summary>Unique for this chain and key. A new attempt is a new intent.</summary>
    public string Intent => Attempt == 0 ? $"{Verb}:{Task.Id}" : $"{Verb}:{Task.Id}:{Attempt}";

    /// <summary>
    /// Intent of the batch that the wish belongs to: neighbours in one deal, on the first attempt. After a refusal each goes alone, so
    /// that one that cannot succeed does not hold up the others. Null when it always goes alone.
    /// </summary>
    public string? BatchKey(int batchSize) => Attempt == 0 && Kind is TransactionKind.Initialize or TransactionKind.Claim
        ? $"{Verb}:{Task.Terms.Deal}:{(Task.Terms.Index - Task.Terms.BotFirst) / (ulong)batchSize}"
        : null;

    /// <summary>True when the chain is where the transaction was to bring it, or further.</summary>
    public bool IsFulfilled(ScheduledTask now) => Kind switch
    {
        TransactionKind.Initialize => now.ChainStatus != ChainTaskStatus.Unset,
        // A late reveal does as well.
        TransactionKind.Reopen => now.ChainStatus != ChainTaskStatus.Revealing || now.RevealCounter > 0,
        _ => now.IsSettled,
    };
}
