using System.CommandLine;
using Iexec.Cli.Frame;

namespace Iexec.Cli.Commands.Storage;

internal static class StorageGroup
{
    public static void Fill(Command group, CommandFrame frame)
    {
        group.Add(StorageInit.Create(frame));
        group.Add(StorageCheck.Create(frame));
        group.Add(StoragePut.Create(frame));
    }
}
