using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Iexec.Sdk.Wire.Scheduler;

/// <summary>
/// Why a replicate has its status, e.g. <c>APP_IMAGE_DOWNLOAD_FAILED</c>. An open set: a name that is not among the known ones is kept,
/// as long as it is at most 80 upper-case letters, digits and underscores.
/// </summary>
[JsonConverter(typeof(ReplicateCauseJsonConverter))]
public readonly record struct ReplicateCause
{
    private const int MaximumLength = 80;
    private readonly string? _name;

    private ReplicateCause(string name) => _name = name;

    /// <summary>The name; <c>UNKNOWN</c> for the default value.</summary>
    public string Name => _name ?? "UNKNOWN";

    /// <summary>The cause was not told.</summary>
    public static ReplicateCause Unknown { get; } = new("UNKNOWN");

    /// <summary>The node does not answer.</summary>
    public static ReplicateCause ChainUnreachable { get; } = new("CHAIN_UNREACHABLE");

    /// <summary>A block that was waited for did not come.</summary>
    public static ReplicateCause BlockNotReached { get; } = new("BLOCK_NOT_REACHED");

    /// <summary>The worker's free escrow is below the deal's worker stake.</summary>
    public static ReplicateCause StakeTooLow { get; } = new("STAKE_TOO_LOW");

    /// <summary>The wallet cannot pay for gas.</summary>
    public static ReplicateCause OutOfGas { get; } = new("OUT_OF_GAS");

    /// <summary>The chain does not take contributions for the task.</summary>
    public static ReplicateCause TaskNotActive { get; } = new("TASK_NOT_ACTIVE");

    /// <summary>The deal's params cannot be used.</summary>
    public static ReplicateCause TaskDescriptionInvalid { get; } = new("TASK_DESCRIPTION_INVALID");

    /// <summary>Deal or task could not be read.</summary>
    public static ReplicateCause TaskDescriptionNotFound { get; } = new("TASK_DESCRIPTION_NOT_FOUND");

    /// <summary>This worker has already contributed.</summary>
    public static ReplicateCause ContributionAlreadySet { get; } = new("CONTRIBUTION_ALREADY_SET");

    /// <summary>Others agreed without this worker.</summary>
    public static ReplicateCause ConsensusReached { get; } = new("CONSENSUS_REACHED");

    /// <summary>The transaction failed.</summary>
    public static ReplicateCause ChainReceiptNotValid { get; } = new("CHAIN_RECEIPT_NOT_VALID");

    /// <summary>The block of the consensus is unknown.</summary>
    public static ReplicateCause ConsensusBlockMissing { get; } = new("CONSENSUS_BLOCK_MISSING");

    /// <summary>The image could not be pulled, or its digest is not the app's checksum.</summary>
    public static ReplicateCause AppImageDownloadFailed { get; } = new("APP_IMAGE_DOWNLOAD_FAILED");

    /// <summary>An input file could not be fetched.</summary>
    public static ReplicateCause InputFilesDownloadFailed { get; } = new("INPUT_FILES_DOWNLOAD_FAILED");

    /// <summary>The dataset could not be fetched.</summary>
    public static ReplicateCause DatasetFileDownloadFailed { get; } = new("DATASET_FILE_DOWNLOAD_FAILED");

    /// <summary>The dataset is not what its checksum says.</summary>
    public static ReplicateCause DatasetFileBadChecksum { get; } = new("DATASET_FILE_BAD_CHECKSUM");

    /// <summary>The image is gone.</summary>
    public static ReplicateCause AppNotFoundLocally { get; } = new("APP_NOT_FOUND_LOCALLY");

    /// <summary>The app ended with an exit code other than 0.</summary>
    public static ReplicateCause AppComputeFailed { get; } = new("APP_COMPUTE_FAILED");

    /// <summary>The app ran longer than the category allows.</summary>
    public static ReplicateCause AppComputeTimeout { get; } = new("APP_COMPUTE_TIMEOUT");

    /// <summary>The task wants trusted execution, which this worker lacks.</summary>
    public static ReplicateCause TeeNotSupported { get; } = new("TEE_NOT_SUPPORTED");

    /// <summary>The app wrote no computed.json, or names no result.</summary>
    public static ReplicateCause DeterminismHashNotFound { get; } = new("DETERMINISM_HASH_NOT_FOUND");

    /// <summary>No signature by the enclave.</summary>
    public static ReplicateCause EnclaveSignatureNotFound { get; } = new("ENCLAVE_SIGNATURE_NOT_FOUND");

    /// <summary>No authorization by the pool.</summary>
    public static ReplicateCause WorkerpoolAuthorizationNotFound { get; } = new("WORKERPOOL_AUTHORIZATION_NOT_FOUND");

    /// <summary>The storage gave no link.</summary>
    public static ReplicateCause ResultLinkMissing { get; } = new("RESULT_LINK_MISSING");

    /// <summary>Contributing and finalizing at once needs trust 1.</summary>
    public static ReplicateCause TrustNot1 { get; } = new("TRUST_NOT_1");

    /// <summary>Somebody has already contributed.</summary>
    public static ReplicateCause TaskAlreadyContributed { get; } = new("TASK_ALREADY_CONTRIBUTED");

    /// <summary>Past the contribution deadline.</summary>
    public static ReplicateCause ContributionTimeout { get; } = new("CONTRIBUTION_TIMEOUT");

    /// <summary>Past the reveal deadline.</summary>
    public static ReplicateCause RevealTimeout { get; } = new("REVEAL_TIMEOUT");

    /// <summary>The worker gave up on its own.</summary>
    public static ReplicateCause AbortedByWorker { get; } = new("ABORTED_BY_WORKER");

    /// <summary>The chain does not take this worker's reveal.</summary>
    public static ReplicateCause CannotReveal { get; } = new("CANNOT_REVEAL");

    /// <summary>True if the text can name a cause.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ReplicateCause cause)
    {
        var valid = text is { Length: > 0 and <= MaximumLength } && text.All(static c => c is (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_');
        cause = valid ? new ReplicateCause(text!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public bool Equals(ReplicateCause other) => string.Equals(Name, other.Name, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>Reads and writes a cause as its name.</summary>
internal sealed class ReplicateCauseJsonConverter : JsonConverter<ReplicateCause>
{
    /// <inheritdoc/>
    public override ReplicateCause Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && ReplicateCause.TryParse(reader.GetString(), out var cause)
            ? cause
            : throw new JsonException("Expected a cause: at most 80 upper-case letters, digits and underscores.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ReplicateCause value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name);
}
