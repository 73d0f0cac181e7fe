using System.CommandLine;
using Iexec.Cli.Frame;
using Iexec.Host.Serve;

namespace Iexec.Cli.Commands.Serve;

/// <summary>
/// The key of a role: a keystore file and a password file. There is no option for a key or password itself, which every user of the machine
/// could read.
/// </summary>
internal sealed class KeyFileOptions(string whose)
{
    private readonly Option<string> _keystore = new("--keystore") { Description = $"keystore file of {whose}", HelpName = "file", Required = true };
    private readonly Option<string> _password = new("--password-file")
    {
        Description = "file whose first line is its password", HelpName = "file", Required = true,
    };

    public void AddTo(Command command)
    {
        command.Add(_keystore);
        command.Add(_password);
    }

    public KeyFiles Read(CommandContext context) => new(
        Path.GetFullPath(context.Get(_keystore)!, context.Environment.WorkingFolder),
        Path.GetFullPath(context.Get(_password)!, context.Environment.WorkingFolder));
}
