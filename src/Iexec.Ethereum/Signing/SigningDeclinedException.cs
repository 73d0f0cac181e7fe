namespace Iexec.Ethereum.Signing;

/// <summary>The owner of a key, or the policy that guards it, refused to sign. Nothing is broken, and asking again is asking for another decision.</summary>
/// <param name="message">Why, for the person who asked.</param>
/// <param name="inner">What the device or the service said.</param>
public sealed class SigningDeclinedException(string message = "The request to sign was declined", Exception? inner = null) : Exception(message, inner);
