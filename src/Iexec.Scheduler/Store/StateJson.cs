using System.Text.Json.Serialization;
using Iexec.Scheduler.Tasks;
using Iexec.Sdk.Wire.Scheduler;

namespace Iexec.Scheduler.Store;

/// <summary>How state stands in the store. Members that are absent take their defaults, so that an older row can be read.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ScheduledTask))]
[JsonSerializable(typeof(WorkerModel))]
internal sealed partial class StateJson : JsonSerializerContext;
