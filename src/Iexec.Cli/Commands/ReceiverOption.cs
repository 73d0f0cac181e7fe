using System.CommandLine;

namespace Iexec.Cli.Commands;

/// <summary><c>--to</c>, without which nothing is given away.</summary>
internal static class ReceiverOption
{
    public static Option<string> Create() => new("--to") { Description = "the receiver", HelpName = "address", Required = true };
}
