using System.Globalization;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Sms;

namespace Iexec.Cli.Commands;

/// <summary>What the commands about secrets have in common.</summary>
internal static class SecretCommands
{
    /// <summary>Holds a secret where arguments would show it to every user of the machine.</summary>
    public const string ValueVariable = "IEXEC_SECRET_VALUE";

    /// <summary>Tells whether a secret is set; <paramref name="sentence"/> gets "not " or nothing.</summary>
    public static async Task TellAsync(CommandContext context, ChainSettings chain, SecretReference secret, string key, string sentence)
    {
        var isSet = await context.Sms(chain).IsSetAsync(secret, context.Cancellation);
        context.Succeed(new JsonObject { [key] = isSet }, string.Format(CultureInfo.InvariantCulture, sentence, isSet ? "" : "not "));
    }

    /// <summary>The name if the service takes it.</summary>
    /// <exception cref="IexecException">ValidationError.</exception>
    public static string Name(string text) => SecretReference.IsName(text)
        ? text
        : throw new IexecException(ErrorCode.ValidationError, $"{text} is not a valid secret name", "A name has 1 to 64 letters, digits, - or _.");
}
