using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Poco.Rules;
using Iexec.Poco.Tasks;

namespace Iexec.Storage.Proxy;

/// <summary>When a result may be stored, decided from the chain alone.</summary>
internal static class ResultRules
{
    /// <summary>Null when the uploader revealed the consensus; else why not.</summary>
    public static string? RefuseUploader(ChainTask task, Contribution contribution) => task.Status switch
    {
        not (ChainTaskStatus.Revealing or ChainTaskStatus.Completed) => $"The task is {task.Status}; results are taken while it is revealing.",
        _ when contribution.Status != ContributionStatus.Proved => "The uploading worker has not revealed a contribution to this task.",
        _ => null,
    };

    /// <summary>Null when the archive's digest is what the uploader revealed; else why not. The contribution's hash commits to keccak-256(taskId ‖ digest).</summary>
    public static string? RefuseArchive(TaskId task, Contribution contribution, Bytes32 digest) =>
        ResultHashes.ResultHash(task, digest) == contribution.ResultHash ? null : "The archive's digest is not the one that the worker contributed.";
}
