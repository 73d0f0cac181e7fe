using System.Text;
using Iexec.Ethereum;
using Iexec.Poco.Chain;
using Iexec.Poco.Deals;
using Iexec.Poco.Orders;
using Iexec.Poco.Tasks;
using Iexec.Sdk.Results;
using Iexec.Sdk.Wire.Scheduler;
using Iexec.Worker.Containers;
using Iexec.Worker.Containers.Images;
using Iexec.Worker.Downloads;
using Iexec.Worker.Replicates;
using Iexec.Worker.Results;

namespace Iexec.Worker.Compute;

/// <summary>
/// The three steps before a contribution: image, data, run. Each leaves files and a state, and can be repeated from its beginning. An engine that is
/// away is no outcome of a step: <see cref="EngineException.IsAway"/> goes on to the caller, who comes back when it answers.
/// </summary>
internal sealed class TaskComputation(WorkerOptions options, ReplicateFolder folder, ReplicateReporter reporter, IContainerEngine engine, SafeDownloader downloader)
{
    private readonly IHub _hub = options.Hub;

    private ResultLimits Limits => new() { MaxBytes = options.OutputBytes };

    public Task<StepOutcome> PerformAsync(ReplicateStep step, Replicate replicate, Deal deal, ChainTask task, CancellationToken cancellationToken) => step switch
    {
        ReplicateStep.DownloadApp => DownloadAppAsync(replicate.State, deal, task, cancellationToken),
        ReplicateStep.DownloadData => DownloadDataAsync(replicate.State, deal, task, cancellationToken),
        ReplicateStep.Compute => ComputeAsync(replicate.State, deal, task, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, "Not a step of the computation."),
    };

    /// <summary>Writes the error result in place of the app's, ready to be contributed.</summary>
    public async Task<ReplicateState> WriteErrorResultAsync(ReplicateState state, StepFailure failure, CancellationToken cancellationToken)
    {
        ErrorResult.Write(folder.Output(state.TaskId), failure.Details.Cause ?? ReplicateCause.Unknown);
        var result = await ResultCollector.CollectAsync(
            folder.Output(state.TaskId), new RunOutcome { End = RunEnd.NotStarted }, wantsCallback: false, folder.Archive(state.TaskId), Limits, cancellationToken);
        return state with { Phase = ReplicatePhase.Computed, Digest = result.Digest };
    }

    private async Task<StepOutcome> DownloadAppAsync(ReplicateState state, Deal deal, ChainTask task, CancellationToken cancellationToken)
    {
        await TellAsync(state, ReplicateStatus.Starting, cancellationToken);
        if (deal.Tag.Has(Tag.TeeBit))
        {
            return Fail(state, ReplicateStatus.StartFailed, ReplicateCause.TeeNotSupported, "The task wants trusted execution, which this worker lacks.");
        }

        await TellAsync(state, ReplicateStatus.Started, cancellationToken);
        await TellAsync(state, ReplicateStatus.AppDownloading, cancellationToken);
        try
        {
            var image = await FindImageAsync(deal, cancellationToken);
            await engine.PullAsync(image, new PullOptions { Timeout = PullOptions.TimeoutFor(TimeSpan.FromSeconds(task.TimeRefSeconds)) }, cancellationToken);
        }
        catch (EngineException error) when (!error.IsAway)
        {
            return Fail(state, ReplicateStatus.AppDownloadFailed, ReplicateCause.AppImageDownloadFailed, error.Message);
        }

        await TellAsync(state, ReplicateStatus.AppDownloaded, cancellationToken);
        return new(state with { Phase = ReplicatePhase.AppReady });
    }

    private async Task<StepOutcome> DownloadDataAsync(ReplicateState state, Deal deal, ChainTask task, CancellationToken cancellationToken)
    {
        await TellAsync(state, ReplicateStatus.DataDownloading, cancellationToken);
        var input = folder.Input(state.TaskId);
        if (Directory.Exists(input))
        {
            Directory.Delete(input, recursive: true);
        }

        Directory.CreateDirectory(input);
        var time = TimeSpan.FromSeconds(task.TimeRefSeconds);
        if (deal.HasDataset && await DownloadDatasetAsync(state, deal, input, time, cancellationToken) is { } refused)
        {
            return new(state, refused);
        }

        try
        {
            foreach (var url in ParamsOf(deal).InputFiles)
            {
                await downloader.FetchIntoAsync(url, input, new DownloadLimits(options.DownloadBytes, time), cancellationToken);
            }
        }
        catch (Exception error) when (error is DownloadException or FormatException)
        {
            return Fail(state, ReplicateStatus.DataDownloadFailed, ReplicateCause.InputFilesDownloadFailed, error.Message);
        }

        await TellAsync(state, ReplicateStatus.DataDownloaded, cancellationToken);
        return new(state with { Phase = ReplicatePhase.DataReady });
    }

    private async Task<StepFailure?> DownloadDatasetAsync(ReplicateState state, Deal deal, string input, TimeSpan time, CancellationToken cancellationToken)
    {
        var dataset = await _hub.GetDatasetAsync(deal.Dataset.Pointer, cancellationToken);
        if (dataset is null)
        {
            return new(ReplicateStatus.DataDownloadFailed, ReplicateCause.DatasetFileDownloadFailed, $"The dataset {deal.Dataset.Pointer} is not registered.");
        }

        try
        {
            var file = await downloader.FetchAsync(
                DatasetLocation.UrlOf(dataset.Multiaddr, options.OwnOrigins), Path.Combine(input, deal.Dataset.Pointer.ToString()),
                new DownloadLimits(options.DownloadBytes, time), cancellationToken);
            return dataset.Checksum.IsZero || file.Sha256 == dataset.Checksum
                ? null
                : new(ReplicateStatus.DataDownloadFailed, ReplicateCause.DatasetFileBadChecksum, $"The dataset's file has the checksum {file.Sha256}, its owner registered {dataset.Checksum}.");
        }
        catch (Exception error) when (error is DownloadException or FormatException)
        {
            return new(ReplicateStatus.DataDownloadFailed, ReplicateCause.DatasetFileDownloadFailed, error.Message);
        }
    }

    private async Task<StepOutcome> ComputeAsync(ReplicateState state, Deal deal, ChainTask task, CancellationToken cancellationToken)
    {
        await TellAsync(state, ReplicateStatus.Computing, cancellationToken);
        var output = folder.Output(state.TaskId);
        if (Directory.Exists(output))
        {
            Directory.Delete(output, recursive: true);
        }

        Directory.CreateDirectory(output);
        RunOutcome run;
        try
        {
            run = await engine.RunAsync(await SpecifyAsync(state, deal, task, cancellationToken), cancellationToken);
        }
        catch (Exception error) when (error is EngineException { IsAway: false } or FormatException)
        {
            return Fail(state, ReplicateStatus.ComputeFailed, ReplicateCause.AppComputeFailed, error.Message);
        }

        if (run.End == RunEnd.EngineLost)
        {
            throw new EngineException(EngineFault.Unreachable, run.Note ?? "The container engine stopped answering while the program ran.");
        }

        var logs = new ComputeLogs(options.Key.Address, run.Stdout, run.Stderr);
        if (!run.Succeeded)
        {
            return new(state, RunFailure.Of(run, logs));
        }

        try
        {
            var result = await ResultCollector.CollectAsync(output, run, !deal.Callback.IsZero, folder.Archive(state.TaskId), Limits, cancellationToken);
            var computed = state with
            {
                Phase = ReplicatePhase.Computed,
                Digest = result.Digest,
                CallbackData = result.CallbackData.Length > 0 ? Hex.Encode(result.CallbackData) : null,
            };
            // On the disk before anybody is told: a contribution without its digest could never be revealed.
            folder.Save(computed);
            var details = new ReplicateStatusDetails { ComputeLogs = logs, ExitCode = run.ExitCode, ErrorMessage = run.Note ?? result.Note };
            await reporter.ReportAsync(state.TaskId, ReplicateStatus.Computed, details, cancellationToken);
            return new(computed);
        }
        catch (ResultException error)
        {
            return new(state, new StepFailure(
                ReplicateStatus.ComputeFailed,
                new ReplicateStatusDetails { Cause = ReplicateCause.DeterminismHashNotFound, ErrorMessage = error.Message, ComputeLogs = logs, ExitCode = run.ExitCode }));
        }
    }

    private async Task<ContainerSpec> SpecifyAsync(ReplicateState state, Deal deal, ChainTask task, CancellationToken cancellationToken)
    {
        var parameters = ParamsOf(deal);
        var chainId = _hub.Configuration.ChainId;
        return new ContainerSpec
        {
            Name = ContainerLabels.NameOf(chainId, options.Key.Address, state.TaskId.Value),
            Labels = ContainerLabels.Of(chainId, options.Key.Address, state.TaskId.Value),
            Image = await FindImageAsync(deal, cancellationToken),
            Arguments = CommandLine.Split(parameters.ArgsFor(task.Index)),
            Environment = TaskEnvironment.Of(deal, task, [.. parameters.InputFiles.Select(LocalName.Of)]),
            InputFolder = folder.Input(state.TaskId),
            OutputFolder = folder.Output(state.TaskId),
            User = options.User,
            AllowNetwork = options.AllowNetwork,
            Limits = new ContainerLimits
            {
                MemoryBytes = options.MemoryBytes,
                NanoCpus = 1_000_000_000,
                OutputBytes = options.OutputBytes,
                Time = TimeSpan.FromSeconds(task.TimeRefSeconds),
            },
        };
    }

    private async Task<ImageReference> FindImageAsync(Deal deal, CancellationToken cancellationToken)
    {
        var app = await _hub.GetAppAsync(deal.App.Pointer, cancellationToken)
            ?? throw new EngineException(EngineFault.ImageNotFound, $"The app {deal.App.Pointer} is not registered.");
        return ImageReference.OfApp(Encoding.UTF8.GetString(app.Multiaddr), app.Checksum.ToString());
    }

    private static DealParams ParamsOf(Deal deal) => DealParams.Parse(deal.Params);

    private Task<StatusUpdateAnswer> TellAsync(ReplicateState state, ReplicateStatus status, CancellationToken cancellationToken) =>
        reporter.ReportAsync(state.TaskId, status, null, cancellationToken);

    private static StepOutcome Fail(ReplicateState state, ReplicateStatus status, ReplicateCause cause, string message) => new(state, new StepFailure(status, cause, message));
}
