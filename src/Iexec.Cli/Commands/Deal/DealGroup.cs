using System.CommandLine;
using Iexec.Cli.Frame;
using Iexec.Poco;
using Iexec.Sdk.Errors;

namespace Iexec.Cli.Commands.Deal;

internal static class DealGroup
{
    public static void Fill(Command group, CommandFrame frame)
    {
        group.Add(DealShow.Create(frame));
        group.Add(DealClaimCommand.Create(frame));
    }

    public static DealId ParseId(string? text) => DealId.TryParse(text, out var id)
        ? id
        : throw new IexecException(ErrorCode.ValidationError, $"{text} is not a bytes32 hexstring", "A dealid is 0x and 64 hexadecimal digits.");
}
