using System.Text.Json;
using Iexec.Ethereum.Crypto;
using Iexec.Poco.Rules;
using Iexec.Scheduler.Shell;
using Iexec.Scheduler.Tasks;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Scheduler;
using Iexec.ServiceDefaults.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Iexec.Scheduler.Http;

/// <summary>Login, registration, signs of life.</summary>
internal static class WorkerRoutes
{
    private const long AskPeriodMilliseconds = 1000;
    private const int MostSlots = 1024;

    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapGet(SchedulerRoutes.WorkerChallenge, Challenge);
        routes.MapPost(SchedulerRoutes.WorkerLogin, LoginAsync);
        routes.MapPost(SchedulerRoutes.WorkerPing, Ping);
        routes.MapPost(SchedulerRoutes.WorkerRegister, RegisterAsync);
        routes.MapGet(SchedulerRoutes.WorkerConfiguration, (SchedulerService scheduler) => Results.Json(Configuration(scheduler), SchedulerJson.Default.PublicConfiguration));
        routes.MapGet(SchedulerRoutes.WorkerComputing, Computing);
        routes.MapGet(SchedulerRoutes.WorkersSummary, Summary);
    }

    public static PublicConfiguration Configuration(SchedulerService scheduler) => new(
        scheduler.Options.Workerpool,
        scheduler.Options.PoolOwner.Address,
        "",
        scheduler.Options.ResultStorage.AbsoluteUri,
        AskPeriodMilliseconds,
        "",
        scheduler.Options.Hub.Configuration.ChainId,
        scheduler.Options.IpfsGateway?.AbsoluteUri ?? "");

    private static IResult Challenge(SchedulerService scheduler, string? walletAddress)
    {
        var worker = WorkerGate.ReadAddress(walletAddress, "walletAddress");
        return WorkerGate.IsAllowed(scheduler, worker) ? Results.Text(scheduler.Sessions.Challenge(worker)) : throw NotAllowed();
    }

    private static async Task<IResult> LoginAsync(SchedulerService scheduler, HttpContext context, string? walletAddress)
    {
        var worker = WorkerGate.ReadAddress(walletAddress, "walletAddress");
        var signature = await JsonSerializer.DeserializeAsync(context.Request.Body, SchedulerJson.Default.SignatureValue, context.RequestAborted);
        var token = WorkerGate.IsAllowed(scheduler, worker) ? scheduler.Sessions.Login(worker, signature?.Value) : throw NotAllowed();
        return token is null
            ? throw new HttpErrorException(StatusCodes.Status401Unauthorized, "The signature is not the wallet's over the current challenge", "Ask for a new challenge.")
            : Results.Text(token);
    }

    private static IResult Ping(SchedulerService scheduler, HttpContext context)
    {
        WorkerGate.Authenticate(scheduler, context);
        return Results.Text(Keccak256.Hash(JsonSerializer.Serialize(Configuration(scheduler), SchedulerJson.Default.PublicConfiguration)).ToString());
    }

    private static async Task<IResult> RegisterAsync(SchedulerService scheduler, HttpContext context)
    {
        var worker = WorkerGate.Authenticate(scheduler, context);
        var model = await JsonSerializer.DeserializeAsync(context.Request.Body, SchedulerJson.Default.WorkerModel, context.RequestAborted)
            ?? throw new IexecException(ErrorCode.ValidationError, "The body must describe a worker");
        if (model.WalletAddress != worker)
        {
            throw new IexecException(ErrorCode.ValidationError, "walletAddress is not the wallet that logged in");
        }

        if (model.CpuNb is < 1 or > MostSlots || new[] { model.Name, model.Os, model.Cpu }.Any(static text => text is null or { Length: > 200 }))
        {
            throw new IexecException(ErrorCode.ValidationError, $"name, os and cpu are texts of at most 200 characters, cpuNb is 1 to {MostSlots}");
        }

        var score = await scheduler.Options.Hub.GetVotingScoreAsync(worker, scheduler.Options.Workerpool, context.RequestAborted);
        await scheduler.Workers.RegisterAsync(model, score, context.RequestAborted);
        scheduler.Loop.Wake();
        return Results.Json(model, SchedulerJson.Default.WorkerModel);
    }

    private static IResult Computing(SchedulerService scheduler, HttpContext context)
    {
        var worker = WorkerGate.Authenticate(scheduler, context);
        return Results.Json(
            [.. scheduler.Book.Open.Where(task => task.Find(worker) is { OccupiesSlot: true }).Select(static task => task.Id.ToString())], SchedulerJson.Default.StringArray);
    }

    private static IResult Summary(SchedulerService scheduler)
    {
        var models = scheduler.Workers.LiveModels;
        var open = scheduler.Book.Open.ToList();
        var slots = models.Sum(static model => model.Slots);
        var used = open.SelectMany(static task => task.Replicates).Count(replicate => replicate.OccupiesSlot && scheduler.Workers.IsLive(replicate.Worker));
        var now = scheduler.Clock.Now;
        return Results.Json(
            new WorkersSummary(
                models.Count,
                slots,
                Math.Max(0, slots - used),
                Replication.HighestTrust([.. scheduler.Workers.Live.Select(static worker => worker.Score)]),
                open.Count(task => task.Status is ScheduledTaskStatus.Initialized or ScheduledTaskStatus.Running && Placement.NeedsMore(task, now))),
            SchedulerJson.Default.WorkersSummary);
    }

    private static HttpErrorException NotAllowed() => new(StatusCodes.Status401Unauthorized, "This wallet may not work for the pool", "Ask the pool's owner to allow it.");
}
