using BenchmarkDotNet.Running;
using Iexec.Bench.Cli;
using Iexec.Bench.Ethereum;
using Iexec.Bench.Gas;

switch (args)
{
    case ["cpu"]:
        CpuTimeFigures.Print();
        break;
    case ["gas"] or ["gas", "--write"]:
        await GasCommand.RunAsync(write: args.Length > 1);
        break;
    case ["cli", ..]:
        await CliCommand.RunAsync(args[1..]);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}
