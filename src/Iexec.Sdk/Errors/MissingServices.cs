namespace Iexec.Sdk.Errors;

/// <summary>What other versions of the client can do with services that do not exist here yet, in one line each.</summary>
internal static class MissingServices
{
    public const string NoBridge = "There is no bridge between networks yet; nothing was sent";

    public static IexecException Bridge() => new(ErrorCode.NotAvailableError, NoBridge);
}
