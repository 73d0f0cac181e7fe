using System.Text.Json.Serialization;
using Iexec.Scheduler.Tasks;
using Iexec.Sdk.Wire.Scheduler;

namespace Iexec.Scheduler.Store;

/// <summary>How state stands in the store. A member that is absent from an older row becomes null or zero, whatever its initializer says.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ScheduledTask))]
[JsonSerializable(typeof(WorkerModel))]
internal sealed partial class StateJson : JsonSerializerContext;
