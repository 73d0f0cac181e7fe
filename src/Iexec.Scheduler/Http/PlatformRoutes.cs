using System.Globalization;
using Iexec.Scheduler.Shell;
using Iexec.Sdk.Wire.Scheduler;
using Iexec.ServiceDefaults.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Iexec.Scheduler.Http;

/// <summary>Version and figures.</summary>
internal static class PlatformRoutes
{
    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapGet(SchedulerRoutes.Version, static () => Results.Text(ProductVersion.Text));
        routes.MapGet(SchedulerRoutes.Metrics, MetricsAsync);
    }

    private static async Task<IResult> MetricsAsync(SchedulerService scheduler, HttpContext context)
    {
        var live = scheduler.Workers.LiveModels;
        var computing = scheduler.Book.Open.SelectMany(static task => task.Replicates)
            .Where(static replicate => replicate.OccupiesSlot).GroupBy(static replicate => replicate.Worker).ToDictionary(static group => group.Key, static group => group.Count());
        var cpus = live.Where(static model => !model.GpuEnabled).ToList();
        var gpus = live.Where(static model => model.GpuEnabled).ToList();
        var (cpuTotal, cpuBusy) = (cpus.Sum(static model => model.Slots), cpus.Sum(model => computing.GetValueOrDefault(model.WalletAddress)));
        var (gpuTotal, gpuBusy) = (gpus.Count, gpus.Sum(model => computing.GetValueOrDefault(model.WalletAddress)));
        var (deals, latestBlock) = await scheduler.Tasks.CountDealsAsync(context.RequestAborted);
        var head = scheduler.Clock.Head is { } block
            ? new LatestBlockMetric(block.Number, block.Hash, DateTimeOffset.FromUnixTimeSeconds((long)block.Timestamp).ToString("O", CultureInfo.InvariantCulture))
            : null;
        return Results.Json(
            new PlatformMetric(
                live.Count,
                cpuBusy,
                cpuTotal,
                gpuBusy,
                gpuTotal,
                await scheduler.Tasks.CountAsync(context.RequestAborted),
                head,
                deals,
                deals,
                0,
                latestBlock,
                Math.Max(0, cpuTotal - cpuBusy),
                cpuTotal,
                Math.Max(0, gpuTotal - gpuBusy),
                gpuTotal),
            SchedulerJson.Default.PlatformMetric);
    }
}
