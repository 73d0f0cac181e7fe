using System.Text.Json;
using System.Text.Json.Serialization;

namespace Iexec.Sdk.Wire.Scheduler;

/// <summary>How a scheduler's records are written: camel case, generated at build time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(WorkerModel))]
[JsonSerializable(typeof(PublicConfiguration))]
[JsonSerializable(typeof(WorkersSummary))]
[JsonSerializable(typeof(ReplicateTaskSummary))]
[JsonSerializable(typeof(TaskNotification[]))]
[JsonSerializable(typeof(NotificationBatch))]
[JsonSerializable(typeof(ReplicateStatusUpdate))]
[JsonSerializable(typeof(TaskNotificationType))]
[JsonSerializable(typeof(ReplicateStatus))]
[JsonSerializable(typeof(ScheduledTaskStatus))]
[JsonSerializable(typeof(TaskModel))]
[JsonSerializable(typeof(TaskLogs))]
[JsonSerializable(typeof(ComputeLogs))]
[JsonSerializable(typeof(ReplicateModel))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(PlatformMetric))]
[JsonSerializable(typeof(SignatureValue))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class SchedulerJson : JsonSerializerContext;
