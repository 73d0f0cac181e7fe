namespace Iexec.Simulation.World;

/// <summary>
/// The code at an address. It is immutable: what changes lies in the world's state, in <see cref="Execution.Load"/> and
/// <see cref="Execution.Store"/> for contracts of strangers, so that a snapshot of the world holds everything.
/// </summary>
public interface ISimulatedContract
{
    /// <summary>Runs the code and returns its data.</summary>
    /// <exception cref="Refusal">The call reverts.</exception>
    byte[] Invoke(Execution execution, Message message);
}
