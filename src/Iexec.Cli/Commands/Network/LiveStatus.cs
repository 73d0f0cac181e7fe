using System.Globalization;
using Iexec.Cli.Frame;
using Iexec.Ethereum.JsonRpc;
using Iexec.Host.Network;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Scheduler;

namespace Iexec.Cli.Commands.Network;

/// <summary>One line at the bottom of a terminal that tells how the network does: its block, its workers, its tasks. Not written where nobody watches.</summary>
internal sealed class LiveStatus(CommandContext context, NetworkStatus network)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly EthClient _eth = new(new JsonRpcClient(context.Http.Quick, Url(network.Ports.Rpc)));
    private readonly SchedulerClient _scheduler = new(context.Http.At(Url(network.Ports.Scheduler)));

    /// <summary>Keeps the line fresh until cancelled, then clears it.</summary>
    public async Task ShowAsync(CancellationToken cancellationToken)
    {
        if (!context.Environment.IsErrorTerminal || context.Raw || context.Quiet)
        {
            return;
        }

        using var timer = new PeriodicTimer(Period, context.Time);
        try
        {
            do
            {
                Write(await DescribeAsync(cancellationToken));
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            Write("");
        }
    }

    private async Task<string> DescribeAsync(CancellationToken cancellationToken)
    {
        try
        {
            var block = await _eth.GetBlockNumberAsync(cancellationToken);
            var workers = await _scheduler.GetWorkersSummaryAsync(cancellationToken);
            var tasks = (await _scheduler.GetMetricsAsync(cancellationToken)).CurrentTaskStatusesCount;
            var over = Count(tasks, "COMPLETED") + Count(tasks, "FAILED");
            return string.Create(
                CultureInfo.InvariantCulture,
                $"block {block} · {workers.LiveWorkers} workers, {workers.FreeSlots} of {workers.TotalSlots} slots free · tasks: {tasks.Values.Sum() - over} open, {Count(tasks, "COMPLETED")} completed, {Count(tasks, "FAILED")} failed");
        }
        catch (Exception busy) when (busy is IexecException or NodeUnreachableException or JsonRpcException)
        {
            return "the network is busy";
        }
    }

    // Carriage return and "erase to the end of the line" (ECMA-48) work on every terminal that .NET supports.
    private void Write(string line) => context.Environment.Error.Write($"\r\u001b[K{line}");

    private static int Count(IReadOnlyDictionary<string, int> tasks, string status) => tasks.GetValueOrDefault(status);

    private static Uri Url(int port) => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
}
