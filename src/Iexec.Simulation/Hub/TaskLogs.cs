using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Simulation.World;
using static Iexec.Simulation.World.EventKind;

namespace Iexec.Simulation.Hub;

/// <summary>The events of tasks and of reputation.</summary>
internal static class TaskLogs
{
    private static readonly EventKind Initialize = new("TaskInitialize(bytes32,address)");
    private static readonly EventKind Contribute = new("TaskContribute(bytes32,address,bytes32)");
    private static readonly EventKind Consensus = new("TaskConsensus(bytes32,bytes32)");
    private static readonly EventKind Reveal = new("TaskReveal(bytes32,address,bytes32)");
    private static readonly EventKind Reopen = new("TaskReopen(bytes32)");
    private static readonly EventKind Finalize = new("TaskFinalize(bytes32,bytes)");
    private static readonly EventKind Claimed = new("TaskClaimed(bytes32)");
    private static readonly EventKind Accurate = new("AccurateContribution(address,bytes32)");
    private static readonly EventKind Faulty = new("FaultyContribution(address,bytes32)");

    public static void LogTaskInitialize(this Execution execution, TaskId task, Address workerpool) =>
        execution.Emit(Initialize.Of(execution.Settings.Hub, [task.Value, Word(workerpool)]));

    public static void LogTaskContribute(this Execution execution, TaskId task, Address worker, Bytes32 resultHash) =>
        execution.Emit(Contribute.Of(execution.Settings.Hub, [task.Value, Word(worker)], data => data.Bytes32(resultHash)));

    public static void LogTaskConsensus(this Execution execution, TaskId task, Bytes32 resultHash) =>
        execution.Emit(Consensus.Of(execution.Settings.Hub, [task.Value], data => data.Bytes32(resultHash)));

    public static void LogTaskReveal(this Execution execution, TaskId task, Address worker, Bytes32 digest) =>
        execution.Emit(Reveal.Of(execution.Settings.Hub, [task.Value, Word(worker)], data => data.Bytes32(digest)));

    public static void LogTaskReopen(this Execution execution, TaskId task) =>
        execution.Emit(Reopen.Of(execution.Settings.Hub, [task.Value]));

    public static void LogTaskFinalize(this Execution execution, TaskId task, byte[] results) =>
        execution.Emit(Finalize.Of(execution.Settings.Hub, [task.Value], data => data.Bytes(results)));

    public static void LogTaskClaimed(this Execution execution, TaskId task) =>
        execution.Emit(Claimed.Of(execution.Settings.Hub, [task.Value]));

    public static void LogAccurateContribution(this Execution execution, Address worker, TaskId task) =>
        execution.Emit(Accurate.Of(execution.Settings.Hub, [Word(worker), task.Value]));

    public static void LogFaultyContribution(this Execution execution, Address worker, TaskId task) =>
        execution.Emit(Faulty.Of(execution.Settings.Hub, [Word(worker), task.Value]));
}
