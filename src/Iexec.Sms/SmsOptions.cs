using Iexec.Poco.Chain;
using Iexec.ServiceDefaults.Http;

namespace Iexec.Sms;

/// <summary>How the secret service of one chain runs.</summary>
public sealed record SmsOptions
{
    /// <summary>Tells who owns a dataset or an app.</summary>
    public required IHub Hub { get; init; }

    /// <summary>The store: <c>Data Source=file</c> (SQLite) or <c>Host=…</c> (PostgreSQL). It holds sealed values alone.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>
    /// The key of the store: a file of 32 bytes, readable by its owner alone, made on the first start. Keep it apart from the store and its backups.
    /// </summary>
    public required string KeyFile { get; init; }

    /// <summary>Requests per client.</summary>
    public RateLimitOptions RateLimit { get; init; } = new();

    /// <summary>Named values of one kind that a wallet may have.</summary>
    public int MaxSecretsPerOwner { get; init; } = 200;

    /// <summary>Values that one name may have over time.</summary>
    public int MaxValuesPerSecret { get; init; } = 1000;
}
