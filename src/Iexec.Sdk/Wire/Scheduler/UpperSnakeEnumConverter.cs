using System.Text.Json;
using System.Text.Json.Serialization;

namespace Iexec.Sdk.Wire.Scheduler;

/// <summary>Enum members as the middleware writes them: <c>AppDownloaded</c> ↔ <c>APP_DOWNLOADED</c>. Numbers are refused.</summary>
internal sealed class UpperSnakeEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false)
    where T : struct, Enum;
