using System.Globalization;

namespace Iexec.Poco.Rules;

/// <summary>The conditions of a match, with the codes the contracts revert with (<c>iExecV5-matchOrders-0xNN</c>), in the order of their checks.</summary>
public enum MatchCondition : byte
{
    /// <summary>Request and workerpool order name the same category.</summary>
    Category = 0x00,

    /// <summary>The category exists.</summary>
    CategoryExists = 0x01,

    /// <summary>The pool offers the trust asked for.</summary>
    Trust = 0x02,

    /// <summary>The request pays the application's price.</summary>
    AppPrice = 0x03,

    /// <summary>The request pays the dataset's price.</summary>
    DatasetPrice = 0x04,

    /// <summary>The request pays the pool's price.</summary>
    WorkerpoolPrice = 0x05,

    /// <summary>The pool fulfils the conditions of application, dataset and request together.</summary>
    Tag = 0x06,

    /// <summary>The application is made for a TEE when somebody demands one.</summary>
    Tee = 0x07,

    /// <summary>The request is for this application.</summary>
    App = 0x10,

    /// <summary>The request is for this dataset.</summary>
    Dataset = 0x11,

    /// <summary>The request admits this pool.</summary>
    RequestWorkerpool = 0x12,

    /// <summary>The application's order admits this dataset.</summary>
    AppDatasetRestrict = 0x13,

    /// <summary>The application's order admits this pool.</summary>
    AppWorkerpoolRestrict = 0x14,

    /// <summary>The application's order admits this requester.</summary>
    AppRequesterRestrict = 0x15,

    /// <summary>The dataset's order admits this application.</summary>
    DatasetAppRestrict = 0x16,

    /// <summary>The dataset's order admits this pool.</summary>
    DatasetWorkerpoolRestrict = 0x17,

    /// <summary>The dataset's order admits this requester.</summary>
    DatasetRequesterRestrict = 0x18,

    /// <summary>The pool's order admits this application.</summary>
    WorkerpoolAppRestrict = 0x19,

    /// <summary>The pool's order admits this dataset.</summary>
    WorkerpoolDatasetRestrict = 0x1a,

    /// <summary>The pool's order admits this requester.</summary>
    WorkerpoolRequesterRestrict = 0x1b,

    /// <summary>The application is registered.</summary>
    AppRegistered = 0x20,

    /// <summary>Its owner signed the order.</summary>
    AppSignature = 0x21,

    /// <summary>The dataset is registered.</summary>
    DatasetRegistered = 0x30,

    /// <summary>Its owner signed the order.</summary>
    DatasetSignature = 0x31,

    /// <summary>The pool is registered.</summary>
    WorkerpoolRegistered = 0x40,

    /// <summary>Its owner signed the order.</summary>
    WorkerpoolSignature = 0x41,

    /// <summary>The requester signed the request.</summary>
    RequestSignature = 0x50,

    /// <summary>Every order has volume left.</summary>
    Volume = 0x60,
}

/// <summary>Why four orders do not match: the condition that fails, and the reason in words with the values that differ.</summary>
public sealed record MatchRefusal(MatchCondition Condition, string Message)
{
    private const string RevertPrefix = "iExecV5-matchOrders-";

    /// <summary>e.g. <c>0x1b</c>.</summary>
    public string Code => "0x" + ((byte)Condition).ToString("x2", CultureInfo.InvariantCulture);

    /// <summary>The text that the contracts revert with.</summary>
    public string RevertText => RevertPrefix + Code;

    /// <summary>The condition that a revert text of <c>matchOrders</c> names; null for another text.</summary>
    public static MatchCondition? FromRevertText(string text)
    {
        var at = text.IndexOf(RevertPrefix + "0x", StringComparison.Ordinal);
        return at >= 0
            && byte.TryParse(text.AsSpan(at + RevertPrefix.Length + 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            && Enum.IsDefined((MatchCondition)code)
            ? (MatchCondition)code
            : null;
    }
}
