using System.Text.RegularExpressions;
using Iexec.Poco.Orders;

namespace Iexec.Poco.Deals;

/// <summary>The rules that the official client checks before a request is signed.</summary>
internal static partial class DealParamsCheck
{
    /// <summary>Members that clients of versions 4 to 7 wrote. Nothing here acts on them, and a request that has them runs as it did.</summary>
    private static readonly string[] Former = ["iexec_developer_logger", "iexec_tee_post_compute_image", "iexec_tee_post_compute_fingerprint"];

    public static void Check(DealParams parameters, Tag dealTag)
    {
        var tee = dealTag.Has(Tag.TeeBit);
        CheckInputFiles(parameters.InputFiles);
        CheckSecrets(parameters.Secrets, tee);
        if (parameters.ResultStorageProvider is { } provider)
        {
            CheckProvider(provider, tee);
        }

        if (parameters.BulkCid is { } bulk && !ContentId().IsMatch(bulk))
        {
            throw new FormatException($"{bulk} is not a valid CID");
        }

        if (parameters.ResultStorageProxy is { } proxy && !IsWebAddress(proxy))
        {
            throw new FormatException($"iexec_result_storage_proxy \"{proxy}\" is not a valid URL");
        }

        if (parameters.Unknown.Keys.FirstOrDefault(key => key.StartsWith("iexec_", StringComparison.Ordinal) && !Former.Contains(key)) is { } unknown)
        {
            throw new FormatException($"Unknown key \"{unknown}\" in params");
        }
    }

    private static void CheckInputFiles(IReadOnlyList<string> files)
    {
        for (var i = 0; i < files.Count; i++)
        {
            if (!IsWebAddress(files[i]))
            {
                throw new FormatException($"iexec_input_files[{i}] \"{files[i]}\" is not a valid URL");
            }
        }
    }

    private static bool IsWebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);

    private static void CheckSecrets(IReadOnlyDictionary<string, string> secrets, bool tee)
    {
        if (secrets.Keys.Any(key => !SecretKey().IsMatch(key)))
        {
            throw new FormatException("iexec_secrets mapping keys must be strictly positive integers");
        }

        if (secrets.Values.Any(string.IsNullOrEmpty))
        {
            throw new FormatException("iexec_secrets mapping names must be strings");
        }

        if (secrets.Count > 0 && !tee)
        {
            throw new FormatException("iexec_secrets is not supported for non TEE tasks");
        }
    }

    private static void CheckProvider(string provider, bool tee)
    {
        if (provider is not ("ipfs" or "dropbox"))
        {
            throw new FormatException(
                $"iexec_result_storage_provider \"{provider}\" is not a valid storage provider, use one of the supported providers (dropbox, ipfs)");
        }

        if (provider != "ipfs" && !tee)
        {
            throw new FormatException(
                $"iexec_result_storage_provider \"{provider}\" is not supported for non TEE tasks use supported storage provider ipfs");
        }
    }

    [GeneratedRegex("^[1-9][0-9]*\\z")]
    private static partial Regex SecretKey();

    // Version 0 in base58 with a SHA-256 multihash, or version 1 in the multibase that its specification prefers, base32.
    [GeneratedRegex("^(Qm[1-9A-HJ-NP-Za-km-z]{44}|b[a-z2-7]{58,})\\z")]
    private static partial Regex ContentId();
}
