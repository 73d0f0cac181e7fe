using System.Text.Json.Nodes;
using Iexec.Sdk.Errors;

namespace Iexec.Sdk.Orders;

/// <summary>The members of <c>params</c> that few executions need.</summary>
public sealed record ExecutionExtras
{
    /// <summary>Names of the requester's secrets by the number under which the app sees them, from 1.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>();

    /// <summary><c>ipfs</c> or <c>dropbox</c>; null leaves it to the pool.</summary>
    public string? StorageProvider { get; init; }

    /// <summary>Encrypt the result for its beneficiary.</summary>
    public bool EncryptResult { get; init; }

    /// <summary>True if there is nothing to add.</summary>
    public bool IsEmpty => Secrets.Count == 0 && StorageProvider is null && !EncryptResult;

    /// <summary>Reads <c>1=name</c> pairs, each alone or several with commas.</summary>
    /// <exception cref="IexecException">ValidationError: another form, or a number twice.</exception>
    internal static IReadOnlyDictionary<string, string> ParseSecrets(IEnumerable<string> pairs)
    {
        var secrets = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in pairs.SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        {
            if (pair.Split('=', 2, StringSplitOptions.TrimEntries) is not [var number, { Length: > 0 } name])
            {
                throw new IexecException(ErrorCode.ValidationError, $"\"{pair}\" is not a valid secret mapping", new Advice("Write 1=my-secret-name.", Remedy.WriteSecrets));
            }

            if (!secrets.TryAdd(number, name))
            {
                throw new IexecException(ErrorCode.ValidationError, $"Secret {number} is given twice");
            }
        }

        return secrets;
    }

    /// <summary>Adds what is set.</summary>
    internal void AddTo(JsonObject members)
    {
        if (Secrets.Count > 0)
        {
            members["iexec_secrets"] = new JsonObject(Secrets.Select(secret => KeyValuePair.Create(secret.Key, (JsonNode?)secret.Value)));
        }

        if (StorageProvider is not null)
        {
            members["iexec_result_storage_provider"] = StorageProvider;
        }

        if (EncryptResult)
        {
            members["iexec_result_encryption"] = true;
        }
    }
}
