using System.Globalization;
using Iexec.Poco.Deals;
using Iexec.Poco.Tasks;

namespace Iexec.Worker.Compute;

/// <summary>The variables that an app of a standard task finds.</summary>
internal static class TaskEnvironment
{
    public const string InputFolder = "/iexec_in";
    public const string OutputFolder = "/iexec_out";

    /// <summary>For one task of a deal; file names are those in the input folder, in the order of the deal's params.</summary>
    public static Dictionary<string, string> Of(Deal deal, ChainTask task, IReadOnlyList<string> inputFileNames)
    {
        var variables = new Dictionary<string, string>
        {
            ["IEXEC_TASK_ID"] = task.Id.ToString(),
            ["IEXEC_DEAL_ID"] = deal.Id.ToString(),
            ["IEXEC_TASK_INDEX"] = Text(task.Index),
            ["IEXEC_IN"] = InputFolder,
            ["IEXEC_OUT"] = OutputFolder,
            ["IEXEC_BOT_SIZE"] = Text(deal.BotSize),
            ["IEXEC_BOT_FIRST_INDEX"] = Text(deal.BotFirst),
            ["IEXEC_BOT_TASK_INDEX"] = Text(task.Index),
            ["IEXEC_INPUT_FILES_FOLDER"] = InputFolder,
            ["IEXEC_INPUT_FILES_NUMBER"] = Text((ulong)inputFileNames.Count),
            ["IEXEC_NB_INPUT_FILES"] = Text((ulong)inputFileNames.Count),
        };
        if (deal.HasDataset)
        {
            // The older name is the one of the first generation of apps.
            variables["IEXEC_DATASET_ADDRESS"] = deal.Dataset.Pointer.ToString();
            variables["IEXEC_DATASET_FILENAME"] = variables["DATASET_FILENAME"] = deal.Dataset.Pointer.ToString();
        }

        for (var i = 0; i < inputFileNames.Count; i++)
        {
            variables[$"IEXEC_INPUT_FILE_NAME_{Text((ulong)i + 1)}"] = inputFileNames[i];
        }

        return variables;
    }

    private static string Text(ulong value) => value.ToString(CultureInfo.InvariantCulture);
}
