using System.CommandLine;
using Iexec.Cli.Frame;

namespace Iexec.Cli.Commands.Former;

/// <summary>Names of the Ethereum Name Service for assets, which versions 7 and 8 registered.</summary>
internal static class EnsGroup
{
    private const string NoNames = "This network has no name service";
    private const string Hint = "Use the address; \"iexec workerpool set-api-url\" tells where a pool answers without a name.";

    public static void Fill(Command group, CommandFrame frame)
    {
        group.Add(Replaced.Create(frame, "resolve", "find the address of a name: <name>", NoNames, Hint));
        group.Add(Replaced.Create(frame, "lookup", "find the name of an address: <address>", NoNames, Hint));
        group.Add(Replaced.Create(frame, "get-owner", "find the owner of a name: <name>", NoNames, Hint));
        group.Add(Replaced.Create(frame, "register", "register a name: <label> [--for <address>] [--domain <domain>]", NoNames, Hint));
    }
}
