namespace Iexec.Sdk.Storage;

/// <summary>
/// Computes the identifier that Kubo's default <c>ipfs add</c> gives a file, while the bytes stream by: chunks of 262,144 bytes,
/// dag-pb leaves, a balanced tree of at most 174 links per node. Memory: one chunk and the links of the open nodes.
/// </summary>
internal sealed class CidBuilder
{
    /// <summary>Content bytes per leaf.</summary>
    public const int ChunkBytes = 262_144;

    /// <summary>Links per inner node.</summary>
    public const int MaxLinks = 174;

    private readonly byte[] _chunk = new byte[ChunkBytes];
    private readonly List<List<DagLink>> _levels = [[]];
    private int _filled;

    /// <summary>Takes the next bytes of the file.</summary>
    public void Append(ReadOnlySpan<byte> content)
    {
        while (!content.IsEmpty)
        {
            var take = Math.Min(content.Length, ChunkBytes - _filled);
            content[..take].CopyTo(_chunk.AsSpan(_filled));
            _filled += take;
            content = content[take..];
            if (_filled == ChunkBytes)
            {
                EndChunk();
            }
        }
    }

    /// <summary>The identifier of everything appended. Call it once.</summary>
    public Cid Finish()
    {
        if (_filled > 0 || _levels[0].Count == 0)
        {
            EndChunk();
        }

        // Open nodes close from the leaves up; the single link that remains on top is the root.
        for (var level = 0; level < _levels.Count; level++)
        {
            if (level == _levels.Count - 1 && _levels[level].Count == 1)
            {
                return _levels[level][0].Cid;
            }

            CloseNode(level);
        }

        throw new InvalidOperationException("A tree always has a root.");
    }

    private void EndChunk()
    {
        var node = DagPb.EncodeLeaf(_chunk.AsSpan(0, _filled));
        Add(0, new DagLink(Cid.OfNode(node), (ulong)_filled, (ulong)node.Length));
        _filled = 0;
    }

    private void Add(int level, DagLink link)
    {
        if (level == _levels.Count)
        {
            _levels.Add([]);
        }

        // A full node closes only when one more link needs room: a file of exactly 174 chunks has a root of 174 leaves.
        if (_levels[level].Count == MaxLinks)
        {
            CloseNode(level);
        }

        _levels[level].Add(link);
    }

    private void CloseNode(int level)
    {
        var children = _levels[level];
        var node = DagPb.EncodeInner(children);
        var link = new DagLink(
            Cid.OfNode(node),
            children.Aggregate(0UL, (sum, child) => sum + child.ContentBytes),
            children.Aggregate((ulong)node.Length, (sum, child) => sum + child.TreeBytes));
        children.Clear();
        Add(level + 1, link);
    }
}
