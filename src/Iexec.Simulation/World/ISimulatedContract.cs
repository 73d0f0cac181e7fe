namespace Iexec.Simulation.World;

/// <summary>
/// The code at an address. It is immutable: what changes lies in the world's state, in <see cref="Execution.Load"/> and
/// <see cref="Execution.Store"/> for contracts of strangers, so that a snapshot of the world holds everything.
/// </summary>
public interface ISimulatedContract
{
    /// <summary>
    /// True for the code of a delegated account (EIP-7702): its key can still sign, so a signature that the code does not confirm is looked
    /// at as one of a key.
    /// </summary>
    bool IsDelegation => false;

    /// <summary>Runs the code and returns its data.</summary>
    /// <exception cref="Refusal">The call reverts.</exception>
    byte[] Invoke(Execution execution, Message message);
}
