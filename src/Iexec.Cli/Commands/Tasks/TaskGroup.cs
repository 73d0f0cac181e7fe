using System.CommandLine;
using Iexec.Cli.Frame;
using Iexec.Poco;
using Iexec.Sdk.Errors;

namespace Iexec.Cli.Commands.Tasks;

internal static class TaskGroup
{
    public static void Fill(Command group, CommandFrame frame)
    {
        group.Add(TaskShow.Create(frame));
        group.Add(TaskDebug.Create(frame));
        group.Add(TaskClaimCommand.Create(frame));
    }

    /// <summary>Version 2 called a task a work.</summary>
    public static void FillWork(Command group, CommandFrame frame)
    {
        group.Add(TaskShow.Create(frame));
        group.Add(TaskClaimCommand.Create(frame));
    }

    public static TaskId ParseId(string? text) => TaskId.TryParse(text, out var id)
        ? id
        : throw new IexecException(
            ErrorCode.ValidationError,
            $"{text} is not a bytes32 hexstring",
            text?.Length == 42 ? "This is an address. Executions have a taskid, 0x and 64 hexadecimal digits: see \"iexec deal show <dealid>\"." : "A taskid is 0x and 64 hexadecimal digits.");
}
