using System.CommandLine;
using Iexec.Cli.Frame;

namespace Iexec.Cli.Commands.Former;

/// <summary>Names of the Ethereum Name Service for assets, which versions 7 and 8 registered.</summary>
internal static class EnsGroup
{
    private const string NoNames = "This network has no name service; use the address, and \"iexec workerpool set-api-url\" for a pool's scheduler";

    public static void Fill(Command group, CommandFrame frame)
    {
        group.Add(Replaced.Create(frame, "resolve", "find the address of a name: <name> (not on this network)", NoNames));
        group.Add(Replaced.Create(frame, "lookup", "find the name of an address: <address> (not on this network)", NoNames));
        group.Add(Replaced.Create(frame, "get-owner", "find the owner of a name: <name> (not on this network)", NoNames));
        group.Add(Replaced.Create(frame, "register", "register a name: <label> [--for <address>] [--domain <domain>] (not on this network)", NoNames));
    }
}
