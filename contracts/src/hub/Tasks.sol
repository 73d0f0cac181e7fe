// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {Claiming} from "./Claiming.sol";
import {Contributing} from "./Contributing.sol";
import {Finalizing} from "./Finalizing.sol";

/// @title From a deal's tasks to results, rewards and reputation
/// @notice `TaskRules` shows the states and what leads from one to the next.
abstract contract Tasks is Contributing, Finalizing, Claiming {}
