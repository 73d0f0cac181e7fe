using System.CommandLine;

namespace Iexec.Cli.Frame;

/// <summary>A command, or a group of them, whose inside is made only when it is called: building the whole tree would cost each start.</summary>
internal sealed record CommandGroup(string Name, string Description, Action<Command, CommandFrame> Fill)
{
    /// <summary>Not listed: for programs, not for people.</summary>
    public bool IsHidden { get; init; }

    internal Command Create(CommandFrame frame, bool called)
    {
        var command = new Command(Name, Description) { Hidden = IsHidden };
        if (called)
        {
            Fill(command, frame);
        }

        return command;
    }
}
