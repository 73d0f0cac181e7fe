namespace Iexec.Worker.Containers.Engine;

/// <summary>One run from creation to removal, watched for exit, time, output size, disappearance and loss of the engine.</summary>
internal sealed class ContainerRun(DockerEngine engine, ContainerSpec spec, TimeProvider time)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CleanUpWithin = TimeSpan.FromSeconds(20);

    private string? _id;

    public async Task<RunOutcome> RunAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        try
        {
            // Not cancelled: an engine told to create finishes that after its caller has left, and nobody would remove what it made.
            _id = await engine.CreateAsync(spec, CancellationToken.None);
            cancellationToken.ThrowIfCancellationRequested();
            started = time.GetTimestamp();
            await engine.StartAsync(_id, cancellationToken);
            var (end, note) = await WatchAsync(started, cancellationToken);
            var duration = time.GetElapsedTime(started);
            return end is RunEnd.Vanished or RunEnd.EngineLost
                ? new RunOutcome { End = end, Note = note, Duration = duration }
                : await CollectAsync(end, note, duration, cancellationToken);
        }
        catch (EngineException e)
        {
            var end = e.Fault == EngineFault.Unreachable ? RunEnd.EngineLost : await IsGoneAsync(cancellationToken) ? RunEnd.Vanished : RunEnd.NotStarted;
            return new RunOutcome { End = end, Note = e.Message, Duration = time.GetElapsedTime(started) };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new RunOutcome { End = RunEnd.EngineLost, Note = "The container engine did not stop the program.", Duration = time.GetElapsedTime(started) };
        }
        finally
        {
            await RemoveAsync();
        }
    }

    /// <summary>The container was created, and is there no more: what failed then failed because of that.</summary>
    private async Task<bool> IsGoneAsync(CancellationToken cancellationToken)
    {
        try
        {
            return _id is not null && (await engine.InspectAsync(_id, cancellationToken))?.State?.Status is null or "removing" or "dead";
        }
        catch (EngineException)
        {
            return false;
        }
    }

    private async Task<(RunEnd End, string? Note)> WatchAsync(long started, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var exit = engine.WaitAsync(_id!, ending.Token);
        var asked = started;
        var hasBroken = false;
        try
        {
            while (true)
            {
                await Task.WhenAny(exit, Task.Delay(Look, time, cancellationToken));
                cancellationToken.ThrowIfCancellationRequested();

                // What was written is looked at even when the program has ended: it may have done so between two looks.
                if (await ExceededAsync() is { } tooLarge)
                {
                    return (RunEnd.OutputTooLarge, tooLarge);
                }

                if (time.GetElapsedTime(started) >= spec.Limits.Time && !exit.IsCompletedSuccessfully)
                {
                    return (RunEnd.TimedOut, $"The program ran longer than {spec.Limits.Time.TotalSeconds:0} seconds and was stopped.");
                }

                if (!exit.IsCompleted && time.GetElapsedTime(asked) < AskEvery)
                {
                    continue;
                }

                asked = time.GetTimestamp();
                var container = await engine.InspectAsync(_id!, cancellationToken, AnswerWithin);
                if (container is null or { State.Status: "removing" or "dead" })
                {
                    return (RunEnd.Vanished, "The container was removed by somebody while the program ran.");
                }

                hasBroken |= exit.IsFaulted;
                if (container.State is { Running: false, ExitCode: var code })
                {
                    // An engine that starts anew ends what its predecessor left: no exit code of the program's own.
                    return hasBroken && code != 0 ? (RunEnd.EngineLost, "The container engine was started anew while the program ran.") : (RunEnd.Exited, null);
                }

                if (exit.IsCompleted)
                {
                    // The connection broke, yet the container runs: an engine that keeps containers alive over its own restart.
                    _ = exit.Exception;
                    exit = engine.WaitAsync(_id!, ending.Token);
                }
            }
        }
        catch (EngineException e) when (e.Fault == EngineFault.Unreachable)
        {
            return (RunEnd.EngineLost, "The container engine stopped answering while the program ran.");
        }
        finally
        {
            await ending.CancelAsync();
            _ = exit.ContinueWith(task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
    }

    private async Task<RunOutcome> CollectAsync(RunEnd end, string? note, TimeSpan duration, CancellationToken cancellationToken)
    {
        if (end != RunEnd.Exited)
        {
            await engine.KillAsync(_id!, cancellationToken);
            using var limit = new CancellationTokenSource(CleanUpWithin, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            await engine.WaitAsync(_id!, either.Token);
        }

        var container = await engine.InspectAsync(_id!, cancellationToken);
        if (container?.State is not { } state)
        {
            return new RunOutcome { End = RunEnd.Vanished, Note = "The container was removed by somebody before its end was read.", Duration = duration };
        }

        var (stdout, stderr) = await engine.LogsAsync(_id!, cancellationToken);
        return new RunOutcome
        {
            End = end,
            ExitCode = state.ExitCode,
            OutOfMemory = state.OOMKilled,
            Stdout = stdout,
            Stderr = stderr,
            Note = note ?? NoteOf(state),
            Duration = duration,
        };
    }

    private string? NoteOf(StateBody state) => state switch
    {
        { OOMKilled: true } => $"The program needed more than {spec.Limits.MemoryBytes:N0} bytes of memory and was stopped.",
        { ExitCode: 153 } => $"The program tried to write a file larger than {spec.Limits.OutputBytes:N0} bytes and was stopped.",
        { ExitCode: 137 } => "The program was killed (signal 9).",
        { ExitCode: not 0 } => $"The program ended with exit code {state.ExitCode}.",
        _ when spec.User == ContainerUser.OfTheImage => "The program ran as the user of its image, as the pool allows; it was confined all the same.",
        _ => null,
    };

    private Task<string?> ExceededAsync() =>
        Task.Run(() => OutputQuota.Exceeded(spec.OutputFolder, spec.Limits.OutputBytes, spec.Limits.OutputEntries));

    /// <summary>Whatever happened, nothing of the run stays behind; what an engine that does not answer keeps is swept later by its labels.</summary>
    private async Task RemoveAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(CleanUpWithin, time);

            if (_id is not null)
            {
                await engine.RemoveAsync(_id, limit.Token);
                return;
            }

            // The engine may have been too slow for us to learn the id.
            foreach (var container in await engine.ListAsync(spec.Labels, limit.Token))
            {
                if (container.Name == spec.Name)
                {
                    await engine.RemoveAsync(container.Id, limit.Token);
                }
            }
        }
        catch (Exception e) when (e is EngineException or OperationCanceledException)
        {
        }
    }
}
