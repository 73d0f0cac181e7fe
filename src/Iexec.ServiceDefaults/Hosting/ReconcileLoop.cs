using Iexec.Ethereum;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Iexec.ServiceDefaults.Hosting;

/// <summary>How often a loop runs, and how long it waits after failures: doubling from the period up to <paramref name="LongestWait"/>.</summary>
public sealed record ReconcilePace(TimeSpan Period, TimeSpan LongestWait)
{
    /// <summary>Every second, up to half a minute apart while it fails.</summary>
    public static ReconcilePace Default { get; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
}

/// <summary>
/// A level-triggered loop: it compares the world with what is stored and acts on the difference, on start, every period and when woken. A failure
/// is logged once per streak in full, then retried with growing, jittered waits; the loop ends only when the host stops.
/// Register it as a hosted service: <c>services.AddSingleton&lt;IHostedService&gt;(loop)</c>.
/// </summary>
public sealed class ReconcileLoop(
    string name, Func<CancellationToken, Task> reconcile, ReconcilePace pace, TimeProvider time, IEntropySource entropy, ILogger logger) : BackgroundService
{
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly SemaphoreSlim _running = new(1, 1);

    /// <summary>What the loop looks after, for logs and health.</summary>
    public string Name { get; } = name;

    /// <summary>When it last succeeded; null before the first time.</summary>
    public DateTimeOffset? LastSuccess { get; private set; }

    /// <summary>Failures since the last success.</summary>
    public int Failures { get; private set; }

    /// <summary>What went wrong last; null after a success.</summary>
    public Exception? LastError { get; private set; }

    /// <summary>Runs now instead of waiting for the period. A wake-up during a run causes one more run.</summary>
    public void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // Already woken: one run sees everything.
        }
    }

    /// <summary>One run, with the bookkeeping of the loop. Runs never overlap. True if it succeeded.</summary>
    public async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        await _running.WaitAsync(cancellationToken);
        try
        {
            await reconcile(cancellationToken);
            if (Failures > 0)
            {
                logger.LogInformation("{Name}: works again after {Failures} failures", Name, Failures);
            }

            (LastSuccess, Failures, LastError) = (time.GetUtcNow(), 0, null);
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            (Failures, LastError) = (Failures + 1, exception);
            if (Failures == 1)
            {
                logger.LogWarning(exception, "{Name}: failed, will be tried again", Name);
            }
            else
            {
                logger.LogWarning("{Name}: failed {Failures} times, last: {Message}", Name, Failures, exception.Message);
            }

            return false;
        }
        finally
        {
            _running.Release();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _wake.Dispose();
        _running.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host's start does not wait for the first run.
        await Task.Yield();
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await RunOnceAsync(stoppingToken);
                await WaitAsync(Backoff.Delay(pace, Failures, entropy), stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A stop is no failure.
        }
    }

    private async Task WaitAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var period = Task.Delay(delay, time, over.Token);
        var woken = _wake.WaitAsync(over.Token);
        await Task.WhenAny(period, woken);
        await over.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }
}
