using System.CommandLine;
using Iexec.Cli.Frame;

namespace Iexec.Cli.Commands.Result;

/// <summary>Results that only their beneficiary can read.</summary>
internal static class ResultGroup
{
    public static void Fill(Command group, CommandFrame frame)
    {
        group.Add(ResultGenerate.Create(frame, "generate-encryption-keypair", "generate-keys"));
        group.Add(ResultPush.Create(frame, "push-encryption-key", "push-secret"));
        group.Add(ResultCheck.Create(frame, "check-encryption-key", "check-secret"));
        group.Add(ResultDecrypt.Create(frame, "decrypt"));
    }

    public static Command Named(string name, string description, params ReadOnlySpan<string> formerNames)
    {
        var command = new Command(name, description);
        foreach (var former in formerNames)
        {
            command.Aliases.Add(former);
        }

        return command;
    }

    public static Option<string?> Keystore() => new("--beneficiary-keystoredir") { Description = "folder of the keys, else .secrets/beneficiary", HelpName = "path" };
}
