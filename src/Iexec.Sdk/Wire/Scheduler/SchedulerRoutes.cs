namespace Iexec.Sdk.Wire.Scheduler;

/// <summary>Paths of a scheduler, all at the root of its origin.</summary>
internal static class SchedulerRoutes
{
    /// <summary>EIP-712 domain of the challenge that opens logs.</summary>
    public const string ChallengeDomain = "iExec Core";

    /// <summary>GET, text.</summary>
    public const string Version = "/version";

    /// <summary>GET → <see cref="PlatformMetric"/>.</summary>
    public const string Metrics = "/metrics";

    /// <summary>GET ?walletAddress= → text to sign, good for at least 5 minutes.</summary>
    public const string WorkerChallenge = "/workers/challenge";

    /// <summary>POST ?walletAddress=, <see cref="SignatureValue"/> → token text.</summary>
    public const string WorkerLogin = "/workers/login";

    /// <summary>POST, Bearer → text: hash of the public configuration.</summary>
    public const string WorkerPing = "/workers/ping";

    /// <summary>POST, Bearer, <see cref="WorkerModel"/> → the same.</summary>
    public const string WorkerRegister = "/workers/register";

    /// <summary>GET → <see cref="PublicConfiguration"/>.</summary>
    public const string WorkerConfiguration = "/workers/config";

    /// <summary>GET, Bearer → ids of the tasks that this worker computes.</summary>
    public const string WorkerComputing = "/workers/computing";

    /// <summary>GET → <see cref="WorkersSummary"/>.</summary>
    public const string WorkersSummary = "/workers/summary";

    /// <summary>GET ?blockNumber=&amp;wait=seconds (at most 30), Bearer → <see cref="ReplicateTaskSummary"/>, or 204.</summary>
    public const string ReplicatesAvailable = "/replicates/available";

    /// <summary>GET ?blockNumber=, Bearer → array of <see cref="TaskNotification"/>: what a restarted worker is to do.</summary>
    public const string ReplicatesInterrupted = "/replicates/interrupted";

    /// <summary>POST, Bearer, <see cref="Scheduler.ReplicateStatusUpdate"/> → 200, 202 or 208 with a <see cref="TaskNotificationType"/>.</summary>
    public const string ReplicateUpdateStatus = "/replicates/{chainTaskId}/updateStatus";

    /// <summary>GET ?after=&amp;wait=seconds (at most 30), Bearer → <see cref="NotificationBatch"/>.</summary>
    public const string Notifications = "/notifications";

    /// <summary>GET → <see cref="TaskModel"/>.</summary>
    public const string Task = "/tasks/{chainTaskId}";

    /// <summary>GET → <see cref="ReplicateModel"/>.</summary>
    public const string Replicate = "/tasks/{chainTaskId}/replicates/{walletAddress}";

    /// <summary>GET ?address= → EIP-712 document to sign, good for 60 minutes.</summary>
    public const string LogsChallenge = "/tasks/logs/challenge";

    /// <summary>GET, Authorization <c>hash_signature_address</c> of the requester → <see cref="Scheduler.TaskLogs"/>.</summary>
    public const string TaskLogs = "/tasks/{chainTaskId}/logs";

    /// <summary>GET, the same authorization → <see cref="ComputeLogs"/>.</summary>
    public const string ReplicateLogs = "/tasks/{chainTaskId}/replicates/{walletAddress}/logs";
}
