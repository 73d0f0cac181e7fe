// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {Contributing} from "./Contributing.sol";
import {Finalizing} from "./Finalizing.sol";
import {Initializing} from "./Initializing.sol";

/// @title From a deal's tasks to results, rewards and reputation
/// @notice `TaskRules` shows the states and what leads from one to the next. What is rare, `Claiming`, is in `HubExtension`.
abstract contract Tasks is Initializing, Contributing, Finalizing {}
